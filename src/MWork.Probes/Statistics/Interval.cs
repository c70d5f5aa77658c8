using System.Globalization;
using System.Text.Json.Serialization;

namespace MWork.Probes.Statistics;

/// <summary>A confidence interval, in the unit of what it is an interval of.</summary>
/// <param name="Low">Lower end; −∞ where the data do not bound it; NaN if the interval is undefined.</param>
/// <param name="High">Upper end; +∞ where the data do not bound it; NaN if the interval is undefined.</param>
/// <param name="Level">Nominal coverage, e.g. 0.95.</param>
public readonly record struct Interval(double Low, double High, double Level)
{
    /// <summary>False if there was too little data, or no number among it, to say anything.</summary>
    [JsonIgnore]
    public bool IsDefined => Low <= High;

    [JsonIgnore]
    public double Width => High - Low;

    /// <summary>What an estimator returns that has nothing to say: both ends are NaN, and every verdict on it is Invalid.</summary>
    public static Interval Undefined(double level) => new(double.NaN, double.NaN, level);

    /// <summary>True if <paramref name="value"/> lies between the ends, ends included; false for NaN.</summary>
    public bool Contains(double value) => Low <= value && value <= High;

    /// <summary>The interval of an increasing function, e.g. <see cref="Math.Exp"/> from a log ratio to a ratio.</summary>
    public Interval Map(Func<double, double> increasing) => new(increasing(Low), increasing(High), Level);

    /// <summary>The interval of the negated quantity.</summary>
    public Interval Negate() => new(-High, -Low, Level);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Low:0.00##}, {High:0.00##}]");

    internal static void CheckLevel(double level)
    {
        if (!(level > 0 && level < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "A confidence level lies between 0 and 1.");
    }
}
