namespace MWork.Probes.Models.Checkpoints;

/// <summary>
/// The order of texts by their UTF-8 bytes, which is that of their code points. Ordinal order differs from it where a character
/// outside the basic plane meets one from U+E000 on.
/// </summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static Utf8Order Instance { get; } = new();

    int IComparer<string>.Compare(string? x, string? y) => Compare(x!, y!);

    public static int Compare(string x, string y)
    {
        int length = Math.Min(x.Length, y.Length);
        for (int i = 0; i < length; i++)
        {
            if (x[i] != y[i])
            {
                return Rank(x[i]).CompareTo(Rank(y[i]));
            }
        }

        return x.Length.CompareTo(y.Length);
    }

    // Surrogates stand for code points above all others.
    private static int Rank(char c) => char.IsSurrogate(c) ? c + char.MaxValue : c;
}
