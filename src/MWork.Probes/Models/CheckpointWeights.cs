using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Models.Families;
using MWork.Probes.Tensors;

namespace MWork.Probes.Models;

/// <summary>
/// A decoder's weights, filled from a checkpoint that is read once: beside the weights no more than a piece of a tensor is in memory.
/// </summary>
internal static class CheckpointWeights
{
    /// <summary>Loads the weights, and the hash of all that was read.</summary>
    /// <exception cref="CheckpointException">A tensor is missing, mis-shaped, surplus, of integers, or not finite.</exception>
    public static (Weights Weights, string Hash) Load(
        Checkpoint checkpoint, IModelFamily family, ModelConfig config, ITensorOps ops, WeightPrecision precision,
        IProgress<LoadProgress>? progress)
    {
        family = WithoutPrefix.Of(family, checkpoint);
        checkpoint.Expect(family.Published(config), name => family.IsSurplus(config, name));
        ILookup<string, string> weightsOf = WeightNames.Of(config).ToLookup(
            weight => family.PublishedName(weight.Name), weight => weight.Name, StringComparer.Ordinal);
        foreach (string published in weightsOf.Select(group => group.Key))
        {
            checkpoint.FileOf(published).RequireFloat(checkpoint.Entry(published));
        }

        var weights = new Weights(config, (name, shape) => ops.Empty(
            precision == WeightPrecision.Stored && shape.Length == 2
                ? checkpoint.Dtype(family.PublishedName(name)).ScalarType()
                : ScalarType.Float32,
            shape));
        try
        {
            Dictionary<string, Turn[]> turns = weightsOf.ToDictionary(
                group => group.Key, group => TurnsOf(family, config, weights, [.. group]), StringComparer.Ordinal);
            string hash = checkpoint.Read(
                (tensor, start, elements) =>
                {
                    if (turns.TryGetValue(tensor.Name, out Turn[]? parts))
                    {
                        Fill(ops, parts, tensor.Dtype.ScalarType(), start, elements);
                    }
                },
                progress);
            return (weights, hash);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    private static Turn[] TurnsOf(IModelFamily family, ModelConfig config, Weights weights, string[] names) => names is [string only]
        ? [new Turn(weights[only], weights[only].Count)]
        : [.. names.Select(name =>
        {
            Tensor weight = weights[name];
            return new Turn(weight, family.RowsPerTurn(config, name) * (weight.Count / weight.Size(0)));
        })];

    private static void Fill(ITensorOps ops, Turn[] turns, ScalarType type, long start, ReadOnlySpan<byte> elements)
    {
        int size = type.Size();
        long cycle = turns.Sum(turn => (long)turn.Length);
        while (!elements.IsEmpty)
        {
            (long cycles, long within) = Math.DivRem(start, cycle);
            int i = 0;
            for (; within >= turns[i].Length; i++)
            {
                within -= turns[i].Length;
            }

            int length = (int)Math.Min(turns[i].Length - within, elements.Length / size);
            ops.CopyInplace(turns[i].Weight, (int)((cycles * turns[i].Length) + within), type, elements[..(length * size)]);
            start += length;
            elements = elements[(length * size)..];
        }
    }

    /// <summary>As many elements of a weight as stand together in the published tensor.</summary>
    private readonly record struct Turn(Tensor Weight, int Length);
}
