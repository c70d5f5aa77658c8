using MWork.Probes.Tensors;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>Compares a checkpoint's tensors with the list that a model needs.</summary>
internal static class CheckpointExpectation
{
    private const string WayOut = "; check that the config belongs to this checkpoint";

    public static void Check(Checkpoint checkpoint, IEnumerable<(string Name, int[] Shape)> tensors, Func<string, bool>? surplus)
    {
        var expected = new HashSet<string>(StringComparer.Ordinal);
        var missing = new List<string>();
        foreach ((string name, int[] shape) in tensors)
        {
            expected.Add(name);
            if (!checkpoint.Contains(name))
            {
                missing.Add(name);
            }
            else if (!checkpoint.Shape(name).SequenceEqual(shape))
            {
                throw CheckpointException.InTensor(
                    checkpoint.FileOf(name).Path,
                    name,
                    $"has the shape {Tensor.Describe(checkpoint.Shape(name))}, but the model needs {Tensor.Describe(shape)}{WayOut}");
            }
        }

        if (missing.Count > 0)
        {
            throw CheckpointException.In(checkpoint.Path, $"tensor {Named(missing)} missing{WayOut}");
        }

        List<string> unused = [.. checkpoint.Names.Where(name => !expected.Contains(name) && surplus?.Invoke(name) != true)];
        if (unused.Count > 0)
        {
            string file = checkpoint.FileOf(unused[0]).Path;
            throw CheckpointException.In(file, $"tensor {Named(unused)} not part of the model{WayOut}");
        }
    }

    private static string Named(List<string> names) => names.Count == 1
        ? $"{CheckpointException.Quote(names[0])} is"
        : $"{CheckpointException.Quote(names[0])} and {names.Count - 1} more are";
}
