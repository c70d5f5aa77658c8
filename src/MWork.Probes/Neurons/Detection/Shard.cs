using System.Globalization;

namespace MWork.Probes.Neurons.Detection;

/// <summary>One of several parts of a list: every <paramref name="Count"/>-th item, from the <paramref name="Number"/>-th on.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Count">How many parts there are.</param>
public readonly record struct Shard(int Number, int Count)
{
    public static readonly Shard Whole = new(1, 1);

    /// <summary>As a user writes it, <c>2/8</c>; null where it is not that.</summary>
    public static Shard? Parse(string text) => text.Split('/') is [var number, var count]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int i)
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int n)
        && i >= 1 && i <= n
            ? new Shard(i, n)
            : null;

    /// <summary>The items of this part.</summary>
    public IEnumerable<T> Of<T>(IReadOnlyList<T> items)
    {
        for (int i = Number - 1; i < items.Count; i += Count)
        {
            yield return items[i];
        }
    }

    /// <summary>How many of so many items belong to this part.</summary>
    public int SizeOf(int items) => Math.Max(0, (items - Number + Count) / Count);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");
}
