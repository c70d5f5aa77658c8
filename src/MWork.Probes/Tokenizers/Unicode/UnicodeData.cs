using System.Globalization;
using System.Reflection;

namespace MWork.Probes.Tokenizers.Unicode;

/// <summary>
/// Decompositions and combining classes, from the embedded <c>decompositions.txt</c>. The runtime has them only through ICU,
/// which this project does without (in invariant mode <c>string.Normalize</c> leaves everything beyond ASCII as it is).
/// </summary>
internal sealed class UnicodeData
{
    private readonly Dictionary<int, int[]> _canonical = [];
    private readonly Dictionary<int, int[]> _compatibility = [];
    private readonly Dictionary<(int First, int Second), int> _composites = [];
    private readonly Dictionary<int, byte> _classes = [];

    private UnicodeData(TextReader lines)
    {
        while (lines.ReadLine() is { } line)
        {
            int mark = line.IndexOfAny(['=', '-', '~', ':']);
            if (line.StartsWith('#') || mark < 0)
                continue;
            if (line[mark] == ':')
                ReadClass(line.AsSpan(0, mark), byte.Parse(line.AsSpan(mark + 1), CultureInfo.InvariantCulture));
            else
                ReadDecomposition(Hexadecimal(line.AsSpan(0, mark)), line[mark], line[(mark + 1)..]);
        }
    }

    public static Lazy<UnicodeData> Shared { get; } = new(() =>
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("decompositions.txt")!;
        using var reader = new StreamReader(stream);
        return new UnicodeData(reader);
    });

    /// <summary>One step of decomposition, or null.</summary>
    public int[]? Decomposition(int codePoint, bool compatibility) =>
        _canonical.GetValueOrDefault(codePoint) ?? (compatibility ? _compatibility.GetValueOrDefault(codePoint) : null);

    public int CombiningClass(int codePoint) => codePoint < 0x300 ? 0 : _classes.GetValueOrDefault(codePoint);

    /// <summary>The primary composite of two code points, or null.</summary>
    public int? Composite(int first, int second) =>
        _composites.TryGetValue((first, second), out int composite) ? composite : null;

    private static int Hexadecimal(ReadOnlySpan<char> digits) =>
        int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private void ReadClass(ReadOnlySpan<char> range, byte combiningClass)
    {
        int dots = range.IndexOf("..");
        int first = Hexadecimal(dots < 0 ? range : range[..dots]);
        int last = dots < 0 ? first : Hexadecimal(range[(dots + 2)..]);
        for (int codePoint = first; codePoint <= last; codePoint++)
            _classes[codePoint] = combiningClass;
    }

    private void ReadDecomposition(int codePoint, char kind, string parts)
    {
        int[] decomposition = [.. parts.Split(' ').Select(part => Hexadecimal(part))];
        (kind == '~' ? _compatibility : _canonical)[codePoint] = decomposition;
        if (kind == '=')
            _composites[(decomposition[0], decomposition[1])] = codePoint;
    }
}
