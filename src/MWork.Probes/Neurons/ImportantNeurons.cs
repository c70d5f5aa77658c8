namespace MWork.Probes.Neurons;

/// <summary>Which neurons one document finds important.</summary>
internal static class ImportantNeurons
{
    // A share that is meant to give a whole number must not be rounded up to the next one for an error in its last bit.
    private const double ShareRounding = 1e-9;

    /// <summary>In every layer and matrix the most important ones; ties go to the lower index.</summary>
    /// <exception cref="ArgumentException">An importance is not a finite number.</exception>
    public static NeuronBits Of(NeuronLayout layout, float[] importances, PlndOptions options)
    {
        var places = new List<int>();
        foreach ((int layer, NeuronMatrix matrix) in layout.Blocks)
        {
            int offset = layout.Offset(layer, matrix);
            ReadOnlySpan<float> block = importances.AsSpan(offset, layout.Size(matrix));
            foreach (float importance in block)
            {
                if (!float.IsFinite(importance))
                {
                    throw new ArgumentException(
                        $"An importance in layer {layer}, matrix {matrix}, is {importance}; the model overflows on this text.");
                }
            }

            Highest(block, Wanted(block.Length, matrix, options), zeros: options.Oddities.TopCount is not null, offset, places);
        }

        return NeuronBits.Of(layout.Count, places);
    }

    private static int Wanted(int size, NeuronMatrix matrix, PlndOptions options) => options.Oddities.TopCount is { } count
        ? Math.Min(size, count.Of(matrix))
        : (int)Math.Ceiling((options.TopShare * size) - ShareRounding);

    private static void Highest(ReadOnlySpan<float> values, int count, bool zeros, int offset, List<int> places)
    {
        if (count == 0)
        {
            return;
        }

        float[] sorted = values.ToArray();
        Array.Sort(sorted);
        float least = sorted[^count];
        int above = values.Length;
        while (above > 0 && sorted[values.Length - above] <= least)
        {
            above--;
        }

        int ties = count - above;
        for (int i = 0; i < values.Length; i++)
        {
            if ((values[i] > least || (values[i] == least && ties-- > 0)) && (zeros || values[i] > 0))
            {
                places.Add(offset + i);
            }
        }
    }
}
