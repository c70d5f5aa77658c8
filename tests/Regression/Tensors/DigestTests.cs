using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using MWork.Probes.Tensors.Managed;
using MWork.Probes.Training;
using MWork.Regression.Cli;
using MWork.Testing;
using Shouldly;
using Xunit.Abstractions;

namespace MWork.Regression.Tensors;

/// <summary>The same bits with any number of threads, any vector width, with and without fused multiply-add, tiered or not.</summary>
public sealed class DigestTests(ITestOutputHelper output)
{
    private const string Avx512 = "DOTNET_EnableAVX512=0";
    private const string Avx2 = "DOTNET_EnableAVX2=0";
    private const string Intrinsics = "DOTNET_EnableHWIntrinsic=0";
    private const string Tiers = "DOTNET_TieredCompilation=0";

    // Newer C libraries name a processor's features without _Usable; each ignores the names that it does not know.
    private const string LibraryFma = "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-AVX2_Usable,-FMA_Usable";

    private static readonly Lazy<Task<JsonNode>> s_unset = new(() => Child(""));

    private static string Recorded => Repository.Fixture("golden", "digest.txt");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Threads_do_not_change_it(int threads) =>
        ComputationDigest.Compute(new ManagedBackend(threads)).DifferencesFrom(Recorded).ShouldBeEmpty();

    [SkippableTheory]
    [InlineData(Avx512, "vector512")]
    [InlineData(Avx2, "avx2")]
    [InlineData(Avx2, "fma")]
    [InlineData(Intrinsics, "vector128")]
    [InlineData(Tiers, "tieredCompilation")]
    public async Task A_setting_that_takes_a_feature_away_does_not_change_it(string setting, string feature)
    {
        Skip.IfNot((bool)(await s_unset.Value)["hardware"]![feature]!, $"This machine has no {feature} to take away.");
        JsonNode child = await Child(setting);
        ((bool)child["hardware"]![feature]!).ShouldBeFalse($"{setting} had no effect");
        Agrees(child, setting);
    }

    [SkippableTheory]
    [InlineData(LibraryFma)]
    [InlineData(Avx2 + ";" + LibraryFma)]
    public async Task A_C_library_without_fused_multiply_add_does_not_change_it(string setting)
    {
        JsonNode unset = await s_unset.Value;
        Skip.IfNot(
            OperatingSystem.IsLinux() && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal),
            "Only the GNU C library has such a setting.");
        Skip.IfNot((bool)unset["hardware"]!["fma"]!, "This machine has no fused multiply-add to take away.");
        JsonNode child = await Child(setting);
        ((string)child["hardware"]!["platformMath"]!).ShouldNotBe(
            (string)unset["hardware"]!["platformMath"]!, "the C library computes as before, so the setting had no effect");
        Agrees(child, setting);
    }

    [Fact]
    public async Task A_process_without_settings_agrees() => Agrees(await s_unset.Value, "no setting");

    [Fact]
    public void A_difference_is_named()
    {
        string path = Path.GetTempFileName();
        try
        {
            var digest = ComputationDigest.Compute(ManagedBackend.Shared);
            File.WriteAllText(path, File.ReadAllText(Recorded).Replace("model ", "model2 ", StringComparison.Ordinal));
            digest.DifferencesFrom(path).ShouldBe(["model"]);
            File.WriteAllText(path, "total 12\n");
            Should.Throw<InvalidDataException>(() => digest.DifferencesFrom(path)).Message.ShouldContain("total 12");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private void Agrees(JsonNode child, string setting)
    {
        output.WriteLine($"{setting}: {child["seconds"]} s, {child["hardware"]!.ToJsonString()}");
        child["differences"]!.AsArray().ShouldBeEmpty();
    }

    // Settings are NAME=VALUE, several of them with ; between.
    private static async Task<JsonNode> Child(string settings)
    {
        var environment = settings.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(setting => setting.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        using Process process = CommandLine.Start(environment, "digest", "--json", "--compare", Recorded);
        CommandOutcome outcome = await CommandLine.Finish(process);
        outcome.Error.ShouldBeEmpty();
        return JsonNode.Parse(outcome.Output)!;
    }
}
