using System.Security.Cryptography;
using System.Text;

namespace MWork.Probes.Evidence;

/// <summary>One unit of the sample, without its text, so that evidence on licensed text can be passed on.</summary>
/// <param name="Id">The fact or sentence.</param>
/// <param name="PromptHash">The first 16 hexadecimal digits of the SHA-256 of the prompt.</param>
/// <param name="TargetHash">The same for the right answer.</param>
/// <param name="Values">What was measured on it, by name.</param>
public sealed record SampleRow(string Id, string PromptHash, string TargetHash, SortedDictionary<string, double> Values)
{
    private const int HashDigits = 16;

    public static SampleRow Of(string id, string prompt, string target, IEnumerable<KeyValuePair<string, double>> values)
    {
        var sorted = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach ((string name, double value) in values)
            sorted.Add(name, value);
        return new SampleRow(id, Hash(prompt), Hash(target), sorted);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashDigits];
}
