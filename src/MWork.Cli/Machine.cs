using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace MWork.Cli;

/// <summary>What this process has to compute with, as the runtime sees it after its settings.</summary>
internal static class Machine
{
    /// <summary>Instruction sets and vector widths. A digest that is equal where these differ shows that they do not matter.</summary>
    public static JsonObject Hardware() => new()
    {
        ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
        ["processors"] = Environment.ProcessorCount,
        ["vector512"] = Vector512.IsHardwareAccelerated,
        ["vector256"] = Vector256.IsHardwareAccelerated,
        ["vector128"] = Vector128.IsHardwareAccelerated,
        ["avx512"] = Avx512F.IsSupported,
        ["avx2"] = Avx2.IsSupported,
        ["fma"] = Fma.IsSupported,
        ["neon"] = AdvSimd.IsSupported,
        ["tieredCompilation"] = Environment.GetEnvironmentVariable("DOTNET_TieredCompilation") != "0",
        ["platformMath"] = PlatformMath(),
    };

    /// <summary>E.g. <c>512 bits, FMA</c>.</summary>
    public static string Vectors()
    {
        int width = Vector512.IsHardwareAccelerated ? 512
            : Vector256.IsHardwareAccelerated ? 256
            : Vector128.IsHardwareAccelerated ? 128 : 0;
        bool fused = Fma.IsSupported || AdvSimd.IsSupported;
        return (width == 0 ? "none" : $"{width} bits") + (fused ? ", fused multiply-add" : ", fused multiply-add emulated (slow)");
    }

    /// <summary>Bytes that this process may use.</summary>
    public static long Memory() => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Versions of the libraries in use, by name.</summary>
    public static IEnumerable<(string Name, string Version)> Libraries() =>
        new[] { typeof(System.CommandLine.Command), typeof(Spectre.Console.Table), typeof(MathNet.Numerics.Control) }
            .Select(type => (type.Assembly.GetName().Name!, Version(type.Assembly)));

    private static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    // The C library's own transcendentals, which nothing here computes with: their bits tell whether it found fused multiply-add.
    private static string PlatformMath()
    {
        const int Count = 3000;
        byte[] bytes = new byte[Count * 4 * sizeof(double)];
        for (int i = 0; i < Count; i++)
        {
            double x = 0.1 + (i * 0.0137);
            ReadOnlySpan<double> values = [Math.Exp(x), Math.Log(x), Math.Sin(x), Math.Pow(x, 1.7)];
            for (int j = 0; j < values.Length; j++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(((i * values.Length) + j) * sizeof(double)), values[j]);
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
    }
}
