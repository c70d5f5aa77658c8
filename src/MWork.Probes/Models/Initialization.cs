using MWork.Probes.Randomness;
using MWork.Probes.Tensors;

namespace MWork.Probes.Models;

/// <summary>Random weights to train from, or to hold against as the untrained control.</summary>
public static class Initialization
{
    /// <summary>
    /// Normal weights with standard deviation 1/√D; what writes into the residual stream is smaller by 1/√(2L) (Radford et al.
    /// 2019), norms are one and biases zero. Each parameter has a stream of its own.
    /// </summary>
    /// <param name="embedding">Standard deviation of the embedding where it is to differ.</param>
    public static Weights Random(ITensorOps ops, ModelConfig config, ulong seed, float? embedding = null)
    {
        float deviation = 1 / (float)Math.Sqrt(config.HiddenSize);
        float residual = deviation / (float)Math.Sqrt(2.0 * config.Layers);
        return new Weights(config, (name, shape) =>
        {
            if (shape.Length == 1)
            {
                bool one = name.EndsWith("norm.weight", StringComparison.Ordinal) && config.Norm.Offset == 0;
                return ops.Full(one ? 1 : 0, shape);
            }

            bool writes = name.EndsWith("attention.o.weight", StringComparison.Ordinal)
                || name.EndsWith("ffn.down.weight", StringComparison.Ordinal);
            float size = name == WeightNames.Embed ? embedding ?? deviation : writes ? residual : deviation;
            return ops.FromArray(Normal(shape[0] * shape[1], size, new CounterRandom(seed, name)), shape);
        });
    }

    private static float[] Normal(int count, float deviation, CounterRandom random)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)random.NextGaussian() * deviation;
        }

        return values;
    }
}
