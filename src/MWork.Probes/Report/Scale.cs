using System.Globalization;

namespace MWork.Probes.Report;

/// <summary>A stretch of numbers drawn on a stretch of a picture, with round numbers to mark it by.</summary>
internal sealed class Scale
{
    private readonly double _from;
    private readonly double _to;
    private readonly int _decimals;

    private Scale(double low, double high, double from, double to, double step)
    {
        (Low, High, _from, _to) = (low, high, from, to);
        double unit = 1;
        while (Math.Abs((step / unit) - Math.Round(step / unit)) > 1e-6 && _decimals < 9)
        {
            unit /= 10;
            _decimals++;
        }

        Ticks = [.. Enumerable.Range(0, 1 + (int)Math.Floor((high - Math.Ceiling((low / step) - 1e-9) * step) / step + 1e-9))
            .Select(i => (Math.Ceiling((low / step) - 1e-9) + i) * step)];
    }

    public double Low { get; }

    public double High { get; }

    /// <summary>Round numbers within the stretch.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <param name="values">What must be on it; those that are not finite are passed over.</param>
    /// <param name="from">Where the lowest value lies in the picture.</param>
    /// <param name="to">Where the highest lies.</param>
    /// <param name="steps">About how many ticks.</param>
    public static Scale Over(IEnumerable<double> values, double from, double to, int steps = 5)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double low = finite.Length > 0 ? finite.Min() : 0;
        double high = finite.Length > 0 ? finite.Max() : 1;
        if (high - low <= 1e-12 * Math.Max(1, Math.Abs(high)))
            (low, high) = (low - 0.5, high + 0.5);
        double step = Round((high - low) / steps);
        return new Scale(Math.Floor((low / step) + 1e-9) * step, Math.Ceiling((high / step) - 1e-9) * step, from, to, step);
    }

    /// <summary>From one value to another, without rounding the ends.</summary>
    public static Scale Exactly(double low, double high, double from, double to, int steps = 5) =>
        new(low, high, from, to, Round((high - low) / steps));

    /// <summary>Where a value lies; what is beyond an end lies at the end.</summary>
    public double At(double value) => _from + ((Math.Clamp(value, Low, High) - Low) / (High - Low) * (_to - _from));

    public bool Holds(double value) => Low <= value && value <= High;

    public string Label(double tick)
    {
        string text = Math.Abs(tick).ToString("F" + _decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return tick < 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? "−" + text : text;
    }

    // The next larger of 1, 2, 5 and 10 times a power of ten.
    private static double Round(double step)
    {
        double power = 1;
        while (power > step)
            power /= 10;
        while (power * 10 <= step)
            power *= 10;
        return ((double[])[1, 2, 5, 10]).First(factor => factor * power >= step * (1 - 1e-9)) * power;
    }
}
