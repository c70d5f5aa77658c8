using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace MWork.Probes.Statistics;

/// <summary>Intervals for rates, which hold where a bootstrap of zeros gives none. Without trials both are [0, 1].</summary>
public static class Proportion
{
    /// <summary>Exact (Clopper &amp; Pearson 1934): coverage is never below the level.</summary>
    public static Interval ClopperPearson(int successes, int trials, double level = 0.95)
    {
        Check(successes, trials, level);
        double tail = (1 - level) / 2;
        return new Interval(
            successes == 0 ? 0 : BetaQuantile(successes, trials - successes + 1.0, tail),
            successes == trials ? 1 : BetaQuantile(successes + 1.0, trials - successes, 1 - tail),
            level);
    }

    /// <summary>Score interval (Wilson 1927): coverage is the level on average, so it is narrower.</summary>
    public static Interval Wilson(int successes, int trials, double level = 0.95)
    {
        Check(successes, trials, level);
        if (trials == 0)
            return new Interval(0, 1, level);
        double z = Normal.InvCDF(0, 1, (1 + level) / 2);
        double rate = (double)successes / trials;
        double shrink = 1 + (z * z / trials);
        double centre = (rate + (z * z / (2.0 * trials))) / shrink;
        double reach = z / shrink * Math.Sqrt((rate * (1 - rate) / trials) + (z * z / (4.0 * trials * trials)));

        // At the borders the two terms are equal but for rounding.
        return new Interval(successes == 0 ? 0 : centre - reach, successes == trials ? 1 : centre + reach, level);
    }

    // By bisection down to neighbouring doubles: the library's own inverse stops at 1e-8.
    private static double BetaQuantile(double a, double b, double p)
    {
        double low = 0;
        double high = 1;
        while (true)
        {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high)
                return middle;
            if (SpecialFunctions.BetaRegularized(a, b, middle) < p)
                low = middle;
            else
                high = middle;
        }
    }

    private static void Check(int successes, int trials, double level)
    {
        Interval.CheckLevel(level);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
    }
}
