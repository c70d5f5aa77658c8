using System.Globalization;

namespace MWork.Regression.Snapshots;

/// <summary>
/// The neurons of one layer as a line of a <see cref="NeuronListing"/>: <c>6: 3 17-20 44</c>, or <c>300 #a1b2c3d4</c> where the list is too long.
/// </summary>
/// <param name="Hash">Of the indices.</param>
/// <param name="Indices">Ascending; null where only number and hash are known.</param>
internal sealed record LayerNeurons(int Count, string Hash, IReadOnlyList<int>? Indices)
{
    // Two neighbours are as short as a range and easier to search for.
    private const int ShortestRange = 3;

    /// <param name="indices">Ascending.</param>
    public static LayerNeurons Of(IReadOnlyList<int> indices) => new(
        indices.Count, NeuronListing.HashOf(indices.Select(Text)), indices.Count <= NeuronListing.LongestList ? indices : null);

    /// <exception cref="FormatException">It is not such a line, or its number is not that of its indices.</exception>
    public static LayerNeurons Parse(string line)
    {
        string[] hashed = line.Split(" #");
        if (hashed.Length == 2)
            return new LayerNeurons(Number(hashed[0]), hashed[1], null);

        string[] sides = line.Split(": ");
        LayerNeurons listed = Of([.. sides[^1].Split(' ').SelectMany(Range)]);
        return sides.Length == 2 && listed.Count == Number(sides[0])
            ? listed
            : throw new FormatException($"'{line}' says {sides[0]} neurons and lists {listed.Count}.");
    }

    public override string ToString() =>
        Indices is null ? $"{Text(Count)} #{Hash}" : $"{Text(Count)}: {string.Join(' ', Ranges(Indices))}";

    private static IEnumerable<string> Ranges(IReadOnlyList<int> indices)
    {
        for (int first = 0, next; first < indices.Count; first = next)
        {
            next = first + 1;
            while (next < indices.Count && indices[next] == indices[next - 1] + 1)
                next++;
            if (next - first < ShortestRange)
                next = first + 1;
            yield return next - first == 1 ? Text(indices[first]) : $"{Text(indices[first])}-{Text(indices[next - 1])}";
        }
    }

    private static IEnumerable<int> Range(string text)
    {
        string[] ends = text.Split('-');
        int first = Number(ends[0]);
        return Enumerable.Range(first, Number(ends[^1]) - first + 1);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
