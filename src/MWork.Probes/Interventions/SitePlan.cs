using MWork.Probes.Tensors;

namespace MWork.Probes.Interventions;

/// <summary>
/// What one forward pass records and edits, by site name (<see cref="Models.Sites"/>). A plan belongs to the call that it is passed to:
/// it cannot leak into the next one, and it never touches a weight. Plans are immutable and may be shared and combined.
/// </summary>
public sealed class SitePlan
{
    public static readonly SitePlan None = new(new HashSet<string>(), new Dictionary<string, Func<ITensorOps, Tensor, Tensor>>());

    private readonly IReadOnlySet<string> _records;
    private readonly IReadOnlyDictionary<string, Func<ITensorOps, Tensor, Tensor>> _edits;

    private SitePlan(IReadOnlySet<string> records, IReadOnlyDictionary<string, Func<ITensorOps, Tensor, Tensor>> edits)
    {
        _records = records;
        _edits = edits;
    }

    public bool IsEmpty => _records.Count == 0 && _edits.Count == 0;

    /// <summary>Every site that this plan names.</summary>
    public IEnumerable<string> SiteNames => _records.Union(_edits.Keys);

    /// <summary>The same plan that also keeps the values at these sites (after any edit).</summary>
    public SitePlan Record(params IEnumerable<string> sites) => new(new HashSet<string>(_records.Concat(sites)), _edits);

    /// <summary>The same plan that also replaces the value at a site. Edits of one site follow each other.</summary>
    public SitePlan Edit(string site, Func<ITensorOps, Tensor, Tensor> edit)
    {
        var edits = new Dictionary<string, Func<ITensorOps, Tensor, Tensor>>(_edits);
        edits[site] = edits.TryGetValue(site, out Func<ITensorOps, Tensor, Tensor>? first)
            ? (ops, value) => edit(ops, first(ops, value))
            : edit;
        return new SitePlan(_records, edits);
    }

    /// <summary>Whether a pass must produce the value at this site, or may fuse over it.</summary>
    public bool Sees(string site) => _records.Contains(site) || _edits.ContainsKey(site);

    internal bool Records(string site) => _records.Contains(site);

    internal Tensor Apply(ITensorOps ops, string site, Tensor value) =>
        _edits.TryGetValue(site, out Func<ITensorOps, Tensor, Tensor>? edit) ? edit(ops, value) : value;
}
