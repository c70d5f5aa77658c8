using System.Globalization;

namespace MWork.Regression.Snapshots;

/// <summary>Numbers as they stand in snapshots: the same on every machine.</summary>
internal static class Figures
{
    public static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Three decimals; a dash for NaN.</summary>
    public static string Share(double share) => double.IsNaN(share) ? "–" : share.ToString("0.000", CultureInfo.InvariantCulture);
}
