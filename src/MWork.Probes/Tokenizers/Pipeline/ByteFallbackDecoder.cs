using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>
/// Runs of <c>&lt;0xXX&gt;</c> to text. As in the reference, one damaged byte turns its whole run into U+FFFD, one for each byte.
/// </summary>
internal sealed class ByteFallbackDecoder : IDecoder
{
    public static string Name(byte value) => $"<0x{value:X2}>";

    public static byte? ValueOf(string token) =>
        token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
        && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value)
            ? value
            : null;

    public List<string> Decode(List<string> tokens)
    {
        var output = new List<string>(tokens.Count);
        var run = new List<byte>();
        foreach (string token in tokens)
        {
            if (ValueOf(token) is { } value)
            {
                run.Add(value);
                continue;
            }

            Flush(run, output);
            output.Add(token);
        }

        Flush(run, output);
        return output;
    }

    private static void Flush(List<byte> run, List<string> output)
    {
        if (run.Count == 0)
            return;
        Span<byte> bytes = CollectionsMarshal.AsSpan(run);
        if (Utf8.IsValid(bytes))
            output.Add(Encoding.UTF8.GetString(bytes));
        else
            output.AddRange(Enumerable.Repeat("\uFFFD", run.Count));
        run.Clear();
    }
}
