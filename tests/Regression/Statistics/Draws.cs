using MWork.Probes.Randomness;
using Distribution = MathNet.Numerics.Distributions.Normal;

namespace MWork.Regression.Statistics;

/// <summary>Data with known truth.</summary>
internal static class Draws
{
    public static double Normal(CounterRandom random) => Distribution.InvCDF(0, 1, random.NextDouble() + 1e-17);

    public static double[] Normal(CounterRandom random, int n, double mean = 0, double deviation = 1) =>
        Enumerable.Range(0, n).Select(_ => mean + (deviation * Normal(random))).ToArray();
}
