using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace MWork.Probes.Subjects.Planted;

/// <summary>SHA-256 over names and values, in name order: the identity of a model that is built and never stored.</summary>
internal static class WeightsHash
{
    public static string Of(IReadOnlyDictionary<string, float[]> weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string name, float[] values) in weights.OrderBy(weight => weight.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
