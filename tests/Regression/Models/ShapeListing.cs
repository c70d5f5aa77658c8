using System.Globalization;
using System.Text;
using MWork.Probes.Models;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Models.Families;
using MWork.Testing;

namespace MWork.Regression.Models;

/// <summary>
/// The tensors that a released model's files must hold, from its configuration alone: names as published, shapes, and how many
/// parameters that makes. Nothing is allocated.
/// </summary>
internal sealed class ShapeListing
{
    private readonly ModelConfig _config;
    private readonly (string Name, int[] Shape)[] _tensors;

    private ShapeListing(ModelConfig config, IEnumerable<(string Name, int[] Shape)> tensors)
    {
        _config = config;
        _tensors = [.. tensors];
    }

    public long Parameters => _tensors.Sum(tensor => tensor.Shape.Aggregate(1L, (product, size) => product * size));

    /// <summary>Of <c>fixtures/configs/NAME.json</c>.</summary>
    public static ShapeListing Of(string name)
    {
        var reader = JsonObjectReader.Open(Repository.Fixture("configs", $"{name}.json"));
        IModelFamily family = ModelFamilies.Of(reader);
        ModelConfig config = family.Read(reader);
        return new ShapeListing(config, family.Published(config));
    }

    /// <summary>
    /// The description that the decoder gets, and a line per tensor; the tensors of all blocks share their line.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (string line in Description())
        {
            text.Append(line).Append('\n');
        }

        text.Append('\n');
        var kinds = _tensors.GroupBy(tensor => (Name: Block(tensor.Name), Shape: string.Join(", ", tensor.Shape))).ToArray();
        int width = kinds.Max(kind => kind.Key.Name.Length);
        foreach (var kind in kinds)
        {
            string times = kind.Count() == 1 ? "" : $" × {kind.Count()}";
            text.Append($"{kind.Key.Name.PadRight(width)}  [{kind.Key.Shape}]{times}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{_tensors.Length} tensors, {Parameters:N0} parameters\n");
        return text.ToString();
    }

    private IEnumerable<string> Description()
    {
        ModelConfig c = _config;
        yield return Line($"{c.Family}: {c.Layers} layers, {c.Heads} heads of {c.HeadSize}, {c.KeyValueHeads} key-value heads, ")
            + Line($"{c.MaxPositions} positions");
        yield return c.Rotary is { } rotary
            ? Line($"rotary {rotary.Theta}{(rotary.Scaling is null ? "" : $", {rotary.Scaling}")}, scores × {c.AttentionScale}")
            : Line($"ALiBi, scores × {c.AttentionScale}");
        yield return Line($"{c.FeedForward}, {c.Norm.Kind} norm with ε {c.Norm.Eps} and {c.Norm.Offset} + w");
        if (c.Windows.Any(window => window is not null))
        {
            string layers = string.Concat(c.Windows.Select(window => window is null ? '.' : 'w'));
            yield return Line($"window {c.Windows.First(window => window is not null)} on {layers}");
        }

        if (c.AttentionSoftCap is not null || c.FinalSoftCap is not null || c.EmbeddingScale != 1)
        {
            yield return Line(
                $"scores capped at {c.AttentionSoftCap}, logits at {c.FinalSoftCap}, embeddings × {c.EmbeddingScale}");
        }
    }

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);

    // model.layers.17.mlp.up_proj.weight: the number is the block's.
    private static string Block(string name) =>
        string.Join('.', name.Split('.').Select(part => part.All(char.IsAsciiDigit) ? "{i}" : part));
}
