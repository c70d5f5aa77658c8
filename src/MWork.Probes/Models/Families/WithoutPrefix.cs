using MWork.Probes.Models.Checkpoints;

namespace MWork.Probes.Models.Families;

/// <summary>A family whose checkpoint was saved without <see cref="IModelFamily.Prefix"/>.</summary>
internal sealed class WithoutPrefix : IModelFamily
{
    private readonly IModelFamily _family;

    private WithoutPrefix(IModelFamily family) => _family = family;

    public string ModelType => _family.ModelType;

    public string Prefix => "";

    /// <summary>The family as a checkpoint names its weights.</summary>
    public static IModelFamily Of(IModelFamily family, Checkpoint checkpoint) =>
        checkpoint.Names.Any(name => name.StartsWith(family.Prefix, StringComparison.Ordinal)) ? family : new WithoutPrefix(family);

    public ModelConfig Read(JsonObjectReader config) => _family.Read(config);

    public string PublishedName(string weight) => Strip(_family.PublishedName(weight));

    public bool IsSurplus(ModelConfig config, string published) => _family.IsSurplus(config, published);

    public IEnumerable<(string Name, int[] Shape)> Published(ModelConfig config) =>
        _family.Published(config).Select(tensor => (Strip(tensor.Name), tensor.Shape));

    public int RowsPerTurn(ModelConfig config, string weight) => _family.RowsPerTurn(config, weight);

    private string Strip(string name) => name.StartsWith(_family.Prefix, StringComparison.Ordinal) ? name[_family.Prefix.Length..] : name;
}
