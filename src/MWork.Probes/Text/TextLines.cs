using System.Text;

namespace MWork.Probes.Text;

/// <summary>A line of a file, counted from 1, without its end.</summary>
internal readonly record struct TextLine(int Number, string Text);

/// <summary>
/// Lines of a UTF-8 file. A line ends at LF or CRLF and nowhere else: text holds other characters that .NET and Python take for
/// line ends (NEL, U+2028, a lone CR), and aligned files would lose their alignment. A byte order mark is dropped.
/// </summary>
internal static class TextLines
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All lines; what follows the last line end is a line only if there is something.</summary>
    /// <exception cref="TextFormatException">The file is not there, is empty, or is not UTF-8.</exception>
    public static List<TextLine> Read(string path)
    {
        byte[] bytes = Bytes(path);
        var lines = new List<TextLine>();
        for (int start = StartsWith(bytes, [0xEF, 0xBB, 0xBF]) ? 3 : 0; start < bytes.Length;)
        {
            int length = bytes.AsSpan(start).IndexOf((byte)'\n');
            int end = length < 0 ? bytes.Length : start + length;
            int next = end + 1;
            end -= end > start && bytes[end - 1] == '\r' ? 1 : 0;
            lines.Add(new TextLine(lines.Count + 1, Decode(path, bytes.AsSpan(start, end - start), lines.Count + 1)));
            start = next;
        }

        return lines.Count > 0 ? lines : throw new TextFormatException($"{path} is empty; give a file with text, or leave it out.");
    }

    /// <summary>A whole file as one text, with LF for line ends.</summary>
    public static string ReadWhole(string path) => string.Join('\n', Read(path).Select(line => line.Text));

    /// <summary>One item per line, as <paramref name="parse"/> makes it of a line; null leaves the line out without a word.</summary>
    /// <exception cref="TextFormatException">As for <see cref="Read"/>; a row is malformed and readers are strict; or no row is left.</exception>
    public static List<T> Rows<T>(string path, MalformedRows? malformed, Func<TextLine, T?> parse, int skip = 0)
        where T : class
    {
        var rows = new List<T>();
        foreach (TextLine line in Read(path).Skip(skip))
        {
            try
            {
                if (parse(line) is { } row)
                {
                    rows.Add(row);
                }
            }
            catch (MalformedRowException error)
            {
                (malformed ?? MalformedRows.Strict).Add(new MalformedRow(path, line.Number, error.Message));
            }
        }

        return rows.Count > 0 ? rows : throw new TextFormatException($"{path} holds no row that can be used; give a file with at least one.");
    }

    private static byte[] Bytes(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TextFormatException($"{path} cannot be read; give the path of a text file.", error);
        }

        return StartsWith(bytes, [0xFF, 0xFE]) || StartsWith(bytes, [0xFE, 0xFF])
            ? throw new TextFormatException($"{path} is UTF-16; save it as UTF-8.")
            : bytes;
    }

    private static string Decode(string path, ReadOnlySpan<byte> bytes, int line)
    {
        try
        {
            return s_utf8.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new TextFormatException($"{path}, line {line}: these bytes are not UTF-8; save the file in that encoding.", error);
        }
    }

    private static bool StartsWith(byte[] bytes, ReadOnlySpan<byte> mark) => bytes.AsSpan().StartsWith(mark);
}
