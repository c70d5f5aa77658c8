using MWork.Probes.Interventions;
using MWork.Probes.Tensors;

namespace MWork.Probes.Models;

/// <summary>Which positions get logits: unembedding is the dearest step, and most probes read only the last position.</summary>
public enum LogitsAt
{
    /// <summary>[B, T, V].</summary>
    All,

    /// <summary>[B, 1, V], at each row's last token.</summary>
    Last,

    /// <summary>No logits.</summary>
    None,
}

/// <summary>What one forward pass gave: the logits and the values at the recorded sites.</summary>
public sealed class ForwardPass
{
    private readonly Dictionary<string, Tensor> _recorded;

    internal ForwardPass(Tensor? logits, Dictionary<string, Tensor> recorded)
    {
        LogitsOrNull = logits;
        _recorded = recorded;
    }

    /// <summary>[B, T, V], or [B, 1, V] when only the last positions were asked for.</summary>
    public Tensor Logits => LogitsOrNull ?? throw new InvalidOperationException("This pass was asked for no logits.");

    /// <summary>The value at a recorded site.</summary>
    /// <exception cref="KeyNotFoundException">The plan did not record that site.</exception>
    public Tensor this[string site] => _recorded.TryGetValue(site, out Tensor? value)
        ? value
        : throw new KeyNotFoundException($"Site '{site}' was not recorded; add it to the plan with Record(\"{site}\").");

    private Tensor? LogitsOrNull { get; }
}

/// <summary>Carries a plan through one forward pass.</summary>
internal sealed class SiteVisitor
{
    private readonly ITensorOps _ops;
    private readonly SitePlan _plan;

    /// <param name="first">The first site that the pass visits.</param>
    public SiteVisitor(ITensorOps ops, SitePlan plan, int layers, string first = Sites.Embed)
    {
        _ops = ops;
        _plan = plan;
        if (plan.IsEmpty)
        {
            return;
        }

        if (plan.SiteNames.Except(Sites.All(layers)).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException($"There is no site '{unknown}' in a model of {layers} layers; see Sites for the names.");
        }

        if (Sites.All(layers).TakeWhile(site => site != first).FirstOrDefault(plan.Sees) is { } passed)
        {
            throw new ArgumentException($"A pass that goes on from '{first}' does not visit '{passed}'.");
        }

        BlocksSeen = Enumerable.Range(0, layers).LastOrDefault(layer => Sites.OfBlock(layer).Any(plan.Sees), -1) + 1;
    }

    /// <summary>How many blocks, from the first, hold all that the plan records or edits in blocks.</summary>
    public int BlocksSeen { get; }

    public Dictionary<string, Tensor> Recorded { get; } = [];

    public bool Sees(int layer, string name) => !_plan.IsEmpty && _plan.Sees(Sites.At(layer, name));

    public Tensor At(int layer, string name, Tensor value) => _plan.IsEmpty ? value : At(Sites.At(layer, name), value);

    public Tensor At(string site, Tensor value)
    {
        if (_plan.IsEmpty)
        {
            return value;
        }

        Tensor edited = _plan.Apply(_ops, site, value);
        if (!edited.HasShapeOf(value))
        {
            throw new InvalidOperationException($"The edit of '{site}' returned {Tensor.Describe(edited.Shape)} for {Tensor.Describe(value.Shape)}.");
        }

        if (_plan.Records(site))
        {
            Recorded[site] = edited;
        }

        return edited;
    }
}
