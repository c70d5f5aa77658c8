namespace MWork.Probes.Evidence;

/// <summary>What was observed beside what chance gives, for the report's pictures.</summary>
/// <param name="Name">E.g. the code of a language.</param>
/// <param name="Unit">Of all values.</param>
/// <param name="Draws">Permutations that the quantiles are of.</param>
/// <param name="Quantiles">Of the null at <see cref="Shares"/>.</param>
/// <param name="Ceiling">The most that could have been observed; NaN if that is not known.</param>
public sealed record NullBand(string Name, string Unit, double Observed, int Draws, IReadOnlyList<double> Quantiles, double Ceiling)
{
    /// <summary>The unit of how well two findings of a detector agree.</summary>
    public const string JaccardIndex = "Jaccard index";

    /// <summary>Which quantiles are kept: both ends of 95 %, both quartiles and the median.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0.025, 0.25, 0.5, 0.75, 0.975];

    /// <param name="draws">The statistic under the null, in any order.</param>
    public static NullBand Of(string name, string unit, double observed, IReadOnlyList<double> draws, double ceiling = double.NaN)
    {
        double[] ascending = [.. draws.Order()];
        return new NullBand(name, unit, observed, draws.Count, [.. Shares.Select(share => Statistics.Quantiles.Of(ascending, share))], ceiling);
    }
}
