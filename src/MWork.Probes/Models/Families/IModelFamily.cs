using MWork.Probes.Models.Checkpoints;

namespace MWork.Probes.Models.Families;

/// <summary>
/// How one published family maps to the decoder: its configuration and the names of its weights. Adding a family is one file and one
/// line in <see cref="ModelFamilies"/>.
/// </summary>
internal interface IModelFamily
{
    /// <summary>The <c>model_type</c> it goes by.</summary>
    string ModelType { get; }

    /// <summary>Reads the published configuration, refusing what the decoder does not do.</summary>
    ModelConfig Read(JsonObjectReader config);

    /// <summary>The published name of one of the decoder's weights (<see cref="WeightNames"/>).</summary>
    string PublishedName(string weight);

    /// <summary>Whether a tensor in the checkpoint carries no weights of its own and may be passed over: buffers, and a copy of the embedding that a tied
    /// model never reads.</summary>
    bool IsSurplus(ModelConfig config, string published) =>
        published.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal) || (config.TiedEmbeddings && published == PublishedName(WeightNames.Unembed));

    /// <summary>What stands before all names but the unembedding's; files saved from the model without its head lack it, as BLOOM's releases do.</summary>
    string Prefix => "model.";

    /// <summary>The published tensors that the weights are made from, with their shapes.</summary>
    IEnumerable<(string Name, int[] Shape)> Published(ModelConfig config) =>
        WeightNames.Of(config).Select(weight => (PublishedName(weight.Name), weight.Shape));

    /// <summary>
    /// Where one published tensor holds several weights: how many rows of each stand together, one weight after the other in the decoder's
    /// order, before the next turn begins.
    /// </summary>
    int RowsPerTurn(ModelConfig config, string weight) =>
        throw new NotSupportedException($"A tensor of {ModelType} holds one weight.");
}
