using MWork.Testing;
using Shouldly;
using VerifyTests;
using VerifyXunit;

namespace MWork.Regression.StandIns;

/// <summary>The stand-in for Verify.Xunit fails when it should, and says how to accept.</summary>
public sealed class VerifierTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mwork-verify-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task A_string_is_compared_with_the_file_beside_the_test() => Verifier.Verify("one\ntwo");

    [Fact]
    public async Task The_name_is_the_test_s_also_after_an_await()
    {
        await Task.Yield();
        await Verifier.Verify(new { Name = "Ada", Values = new[] { 1.5, 2 } });
    }

    [Theory]
    [InlineData(1, "a")]
    public Task Parameters_are_part_of_the_name(int number, string text)
    {
        var settings = new VerifySettings();
        settings.UseDirectory("Snapshots");
        settings.UseParameters(number, text);
        return Verifier.Verify($"{number} {text}", settings);
    }

    [Fact]
    public async Task The_first_run_fails_and_leaves_what_it_received()
    {
        var failure = await Should.ThrowAsync<VerifyException>(() => Verifier.Verify("new", Settings()));
        failure.Message.ShouldContain($"cp \"{_folder}");
        File.ReadAllText(Path.Combine(_folder, "snapshot.received.txt")).ShouldBe("new");
    }

    [Fact]
    public async Task A_changed_snapshot_fails_and_an_accepted_one_passes()
    {
        string verified = Path.Combine(_folder, "snapshot.verified.txt");
        string received = Path.Combine(_folder, "snapshot.received.txt");
        await File.WriteAllTextAsync(verified, "old");
        var failure = await Should.ThrowAsync<VerifyException>(() => Verifier.Verify("new", Settings()));
        failure.Message.ShouldContain("old");
        File.Move(received, verified, overwrite: true);

        await Verifier.Verify("new", Settings());
        File.Exists(received).ShouldBeFalse();
    }

    [Fact]
    public async Task Only_the_case_of_a_letter_is_a_difference_too()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "snapshot.verified.txt"), "Old");
        await Should.ThrowAsync<VerifyException>(() => Verifier.Verify("old", Settings()));
    }

    [Fact]
    public void A_path_from_a_deterministic_build_is_found_again() =>
        Repository.SourceFile("/_/tests/A.cs").ShouldBe(Path.Combine(Repository.Root, "tests/A.cs"));

    private VerifySettings Settings()
    {
        var settings = new VerifySettings();
        settings.UseDirectory(_folder);
        settings.UseFileName("snapshot");
        settings.DisableDiff();
        return settings;
    }
}
