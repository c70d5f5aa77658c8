using System.Globalization;
using System.Text.RegularExpressions;

namespace MWork.Probes.Tasks;

/// <summary>MGSM's score: whether the number that an answer ends with is the right one.</summary>
public static partial class NumberMatch
{
    // The patterns take time in proportion to the text; the limit stands guard over that.
    private const int Timeout = 10_000;

    /// <summary>The last number of a text, digits of any script, commas for thousands; null where there is none.</summary>
    public static decimal? Last(string text) => Numbers().Matches(text) is { Count: > 0 } found ? Value(found[^1].Value) : null;

    /// <summary>1 where the last number equals the target, else 0.</summary>
    public static double Of(string prediction, string target) => Last(prediction) is { } number && number == Last(target) ? 1 : 0;

    /// <summary>
    /// The number that the paper's released code takes (test_mistral_gsm.py, <c>Prompting</c>): the last in what follows the first
    /// <c>####</c>, else the last in the text, cut to a whole number; −1 where there is none. It reads 1,234,567 as 567, and a
    /// minus is not seen.
    /// </summary>
    public static decimal AsReleased(string text) =>
        (Marked().Match(text) is { Success: true } marked ? Released(marked.Groups["rest"].Value) : null) ?? Released(text) ?? -1;

    private static decimal? Released(string text) =>
        ReleasedNumbers().Matches(text) is { Count: > 0 } found && Value(found[^1].Value.TrimEnd('.')) is { } value ? decimal.Truncate(value) : null;

    private static decimal? Value(string number)
    {
        string ascii = string.Concat(number.Where(letter => letter != ',').Select(letter =>
            char.IsDigit(letter) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(letter)) : letter));
        return decimal.TryParse(ascii, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) ? value : null;
    }

    // A minus counts only where no digit or letter stands before it: "5-3" is no minus three.
    [GeneratedRegex(@"(?:(?<![\w.])-)?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"####\s(?<rest>.+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Marked();

    [GeneratedRegex(@"\d+,?\.?\d*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex ReleasedNumbers();
}
