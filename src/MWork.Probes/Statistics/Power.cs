using MathNet.Numerics.Distributions;
using MWork.Probes.Randomness;

namespace MWork.Probes.Statistics;

/// <summary>
/// How many units a verdict needs, decided beforehand. "Supported" means here that the interval at the given level lies above the
/// margin. Effects, margins and deviations are in one unit; the effect is the true one, not its distance from the margin.
/// </summary>
public static class Power
{
    /// <summary>The power that a sample size is chosen for.</summary>
    public const double Target = 0.8;

    /// <summary>Probability of Supported, by the normal approximation Φ((effect − margin)·√n/σ − z).</summary>
    /// <returns>NaN without units or for a deviation that is not positive.</returns>
    public static double OfMean(double effect, double margin, double deviation, int n, double level = 0.95) =>
        n <= 0 || !(deviation > 0) ? double.NaN : Phi(((effect - margin) * Math.Sqrt(n) / deviation) - Z(level));

    /// <summary>The smallest n with the power asked for, by the same approximation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The effect does not lie above the margin: no n is enough.</exception>
    public static int SampleSize(double effect, double margin, double deviation, double power = Target, double level = 0.95)
    {
        if (!(effect > margin))
            throw new ArgumentOutOfRangeException(nameof(effect), effect, "No sample is large enough for an effect within the margin.");
        double root = (Z(level) + Normal.InvCDF(0, 1, power)) * deviation / (effect - margin);
        return Math.Max(1, (int)Math.Ceiling(root * root));
    }

    /// <summary>The smallest effect that n units find with the power asked for: margin + (z_level + z_power)·σ/√n.</summary>
    public static double SmallestDetectable(double margin, double deviation, int n, double power = Target, double level = 0.95) =>
        n <= 0 ? double.PositiveInfinity : margin + ((Z(level) + Normal.InvCDF(0, 1, power)) * deviation / Math.Sqrt(n));

    /// <summary>
    /// Probability that the interval at <see cref="Equivalence.IntervalLevel"/> lies within ±<paramref name="margin"/> when the true
    /// value is <paramref name="effect"/>, by the normal approximation.
    /// </summary>
    public static double OfEquivalence(
        double margin, double deviation, int n, double effect = 0, double level = Equivalence.IntervalLevel)
    {
        if (n <= 0 || !(deviation > 0))
            return double.NaN;
        double scale = Math.Sqrt(n) / deviation;
        return Math.Max(0, Phi(((margin - effect) * scale) - Z(level)) + Phi(((margin + effect) * scale) - Z(level)) - 1);
    }

    /// <summary>The smallest n that shows equivalence within ±<paramref name="margin"/>, the true value being 0.</summary>
    public static int EquivalenceSampleSize(
        double margin, double deviation, double power = Target, double level = Equivalence.IntervalLevel)
    {
        double root = (Z(level) + Normal.InvCDF(0, 1, (1 + power) / 2)) * deviation / margin;
        return Math.Max(1, (int)Math.Ceiling(root * root));
    }

    /// <summary>Runs a whole replicate many times, each with a generator of its own.</summary>
    /// <param name="supported">One replicate, from drawing the data to the verdict.</param>
    public static SimulatedRate Simulate(int replicates, CounterRandom random, Func<CounterRandom, bool> supported)
    {
        int successes = 0;
        for (int replicate = 0; replicate < replicates; replicate++)
            successes += supported(random.Fork(replicate)) ? 1 : 0;
        return new SimulatedRate(successes, replicates, Proportion.ClopperPearson(successes, replicates));
    }

    /// <summary>
    /// Power with n units drawn from a pilot whose mean is moved to the effect: its shape counts, which the approximation ignores.
    /// </summary>
    /// <param name="pilot">One value per unit, from development data.</param>
    /// <param name="interval">The rule of the claim, e.g. <c>values =&gt; StudentT.Mean(values).Interval</c>.</param>
    public static SimulatedRate OfMean(
        IReadOnlyList<double> pilot, double effect, double margin, int n, Func<double[], Interval> interval, CounterRandom random,
        int replicates = 1000)
    {
        double shift = effect - pilot.Average();
        return Simulate(replicates, random, chance =>
        {
            double[] drawn = new double[n];
            for (int i = 0; i < n; i++)
                drawn[i] = chance.Pick(pilot) + shift;
            return interval(drawn).Low > margin;
        });
    }

    /// <summary>The smallest n, to 2 %, whose simulated power reaches the target; null if <paramref name="most"/> does not.</summary>
    public static int? SampleSize(
        IReadOnlyList<double> pilot, double effect, double margin, Func<double[], Interval> interval, CounterRandom random,
        double power = Target, int most = 100_000, int replicates = 1000)
    {
        int enough = 2;
        while (enough < most && !Reaches(enough))
            enough = Math.Min(most, enough * 2);
        if (!Reaches(enough))
            return null;
        int few = enough / 2;
        while (enough - few > Math.Max(1, enough / 50))
        {
            int middle = (few + enough) / 2;
            if (Reaches(middle))
                enough = middle;
            else
                few = middle;
        }

        return enough;

        bool Reaches(int n) => OfMean(pilot, effect, margin, n, interval, random, replicates).Value >= power;
    }

    private static double Z(double level) => Normal.InvCDF(0, 1, (1 + level) / 2);

    private static double Phi(double z) => Normal.CDF(0, 1, z);
}
