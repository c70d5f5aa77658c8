using MathNet.Numerics;

namespace MWork.Probes.Statistics;

/// <summary>How far two sets of neurons coincide, and how far they would by chance.</summary>
public static class Overlap
{
    /// <summary>|A ∩ B| / |A ∪ B|; NaN if both are empty.</summary>
    public static double Jaccard<T>(IReadOnlySet<T> a, IReadOnlySet<T> b)
    {
        int shared = Shared(a, b);
        return (double)shared / (a.Count + b.Count - shared);
    }

    /// <summary>|A ∩ B| / min(|A|, |B|); NaN if either is empty.</summary>
    public static double Coefficient<T>(IReadOnlySet<T> a, IReadOnlySet<T> b) => (double)Shared(a, b) / Math.Min(a.Count, b.Count);

    /// <summary>How many members two random sets of these sizes share on average.</summary>
    public static double Expected(int population, int a, int b) => (double)a * b / population;

    /// <summary>
    /// P(overlap ≥ <paramref name="shared"/>) of two random sets (hypergeometric), summed in log space, so that it holds far into the
    /// tail. This plain null passes any two detectors that both like large activations: it is shown as such and decides nothing.
    /// </summary>
    public static double HypergeometricTail(int shared, int population, int a, int b)
    {
        int least = Math.Max(0, a + b - population);
        int most = Math.Min(a, b);
        if (a < 0 || a > population || b < 0 || b > population)
            throw new ArgumentException($"Sets of {a} and {b} do not fit in a population of {population}.", nameof(population));
        if (shared <= least)
            return 1;
        if (shared > most)
            return 0;

        double sum = double.NegativeInfinity;
        double whole = LogChoose(population, b);
        for (int k = shared; k <= most; k++)
        {
            double term = LogChoose(a, k) + LogChoose(population - a, b - k) - whole;
            (double high, double low) = term > sum ? (term, sum) : (sum, term);
            sum = high + Math.Log(1 + Math.Exp(low - high));
        }

        return Math.Min(1, Math.Exp(sum));
    }

    private static double LogChoose(int n, int k) =>
        SpecialFunctions.FactorialLn(n) - SpecialFunctions.FactorialLn(k) - SpecialFunctions.FactorialLn(n - k);

    private static int Shared<T>(IReadOnlySet<T> a, IReadOnlySet<T> b) => a.Count <= b.Count ? a.Count(b.Contains) : b.Count(a.Contains);
}
