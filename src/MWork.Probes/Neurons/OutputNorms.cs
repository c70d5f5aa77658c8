using MWork.Probes.Models;

namespace MWork.Probes.Neurons;

/// <summary>How large a unit of each neuron is behind the projection that reads it. Computed once per layer.</summary>
/// <param name="Ffn">‖W_down[:, k]‖, [F].</param>
/// <param name="Output">‖W_O[:, j]‖, [H·d].</param>
/// <param name="ValueFactors">For member a of each group of heads and j ≤ a, [G·d]: the entries L[a, j] of a triangular root of
/// ⟨w_a, w_b⟩, w_a = W_O[:, a·d + k]. With y_j = Σ_a mix_a L[a, j], the output changes by √Σ_j ‖y_j‖² when value row k is
/// off.</param>
internal sealed record OutputNorms(double[] Ffn, double[] Output, float[][][] ValueFactors)
{
    public static OutputNorms Of(Decoder decoder, int layer)
    {
        ModelConfig config = decoder.Config;
        float[] down = decoder.Weights[WeightNames.Block(layer, "ffn.down.weight")].ToArray();
        float[] output = decoder.Weights[WeightNames.Block(layer, "attention.o.weight")].ToArray();
        int mixed = config.Heads * config.HeadSize;
        return new OutputNorms(
            Norms(down, config.IntermediateSize),
            Norms(output, mixed),
            Factors(output, config.HeadSize, config.Heads, config.KeyValueHeads));
    }

    // Columns of a row-major [D, columns], each summed from the first row to the last.
    private static double[] Norms(float[] weight, int columns) =>
        [.. Enumerable.Range(0, columns).Select(column => Math.Sqrt(Product(weight, columns, column, column)))];

    private static double Product(float[] weight, int columns, int a, int b)
    {
        double sum = 0;
        for (int row = 0; row < weight.Length; row += columns)
        {
            sum += (double)weight[row + a] * weight[row + b];
        }

        return sum;
    }

    private static float[][][] Factors(float[] weight, int size, int heads, int groups)
    {
        int repeats = heads / groups;
        float[][][] factors = [.. Enumerable.Range(0, repeats).Select(a =>
            Enumerable.Range(0, a + 1).Select(_ => new float[groups * size]).ToArray())];
        for (int row = 0; row < groups * size; row++)
        {
            int first = row / size * repeats;
            double[,] root = Root(repeats, (a, b) =>
                Product(weight, heads * size, ((first + a) * size) + (row % size), ((first + b) * size) + (row % size)));
            for (int a = 0; a < repeats; a++)
            {
                for (int j = 0; j <= a; j++)
                {
                    factors[a][j][row] = (float)root[a, j];
                }
            }
        }

        return factors;
    }

    // Cholesky's root of a matrix of inner products. Where columns depend on each other a pivot vanishes up to rounding, and with
    // it the rest of its column: what such a pivot would carry has been accounted for by those before it.
    private static double[,] Root(int size, Func<int, int, double> product)
    {
        const double Rounding = 1e-12;
        double[,] root = new double[size, size];
        for (int j = 0; j < size; j++)
        {
            for (int a = j; a < size; a++)
            {
                double rest = product(a, j);
                for (int i = 0; i < j; i++)
                {
                    rest -= root[a, i] * root[j, i];
                }

                root[a, j] = a == j
                    ? (rest > Rounding * product(j, j) ? Math.Sqrt(rest) : 0)
                    : (root[j, j] == 0 ? 0 : rest / root[j, j]);
            }
        }

        return root;
    }
}
