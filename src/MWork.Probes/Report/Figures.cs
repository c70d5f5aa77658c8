using System.Globalization;
using MWork.Probes.Statistics;

namespace MWork.Probes.Report;

/// <summary>Numbers as a reader sees them: as many digits as matter, a true minus sign, a dash where there is none.</summary>
internal static class Figures
{
    public const string None = "–";

    /// <summary>Three digits or so: 0.34, 12.5, 340.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value))
            return None;
        if (double.IsInfinity(value))
            return value > 0 ? "∞" : "−∞";
        double size = Math.Abs(value);
        string text = size.ToString(size >= 99.95 ? "0" : size >= 9.995 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

        // A minus before nothing but zeros would say more than the digits do.
        return value < 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? "−" + text : text;
    }

    public static string Interval(Interval interval) => interval.IsDefined ? $"[{Number(interval.Low)}, {Number(interval.High)}]" : None;

    public static string Probability(double p) => double.IsNaN(p) ? None
        : p < 0.001 ? "< 0.001"
        : p.ToString("0.000", CultureInfo.InvariantCulture);

    public static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>1 verdict, 2 verdicts.</summary>
    public static string Count(int number, string what) => $"{Whole(number)} {what}{(number == 1 ? "" : "s")}";

    /// <summary>Per cent of what it is an interval at: 95 %.</summary>
    public static string Level(double level) => (100 * level).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
