using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Conformance;

/// <summary>A fork's pull request must not reach the self-hosted runner, whatever job is added.</summary>
public sealed class GpuWorkflowTests
{
    private const string Trusted =
        "github.event_name != 'pull_request' || (github.event.pull_request.head.repo.full_name == github.repository "
        + "&& contains(github.event.pull_request.labels.*.name, 'gpu'))";

    private static readonly string s_workflow = File.ReadAllText(Path.Combine(Repository.Root, ".github", "workflows", "gpu.yml"));

    [Fact]
    public void Every_job_asks_whether_it_is_trusted()
    {
        string[] lines = s_workflow[s_workflow.IndexOf("\njobs:", StringComparison.Ordinal)..].Split('\n');
        int[] starts = [.. Enumerable.Range(0, lines.Length).Where(i => lines[i].StartsWith("  ", StringComparison.Ordinal) && lines[i].EndsWith(':') && lines[i][2] is not (' ' or '#'))];
        string[] jobs = [.. starts.Select((start, i) => string.Join('\n', lines[start..(i + 1 < starts.Length ? starts[i + 1] : lines.Length)]))];
        jobs.Length.ShouldBeGreaterThan(2);
        jobs.ShouldAllBe(job => Condition(job).Contains(Trusted));
    }

    /// <summary>A claim that is added is run on a GPU too, by whoever forgot to say so.</summary>
    [Fact]
    public void Every_claim_is_in_the_matrix()
    {
        string[] claims = [.. Directory.EnumerateFiles(Repository.Fixture("protocols"), "*.json").Select(file => Path.GetFileName(file).Split('.')[0]).Distinct()];
        string matrix = s_workflow.Split('\n').Single(line => line.TrimStart().StartsWith("claim: [", StringComparison.Ordinal));
        matrix.Trim()["claim: [".Length..].TrimEnd(']').Split(", ").ShouldBe(claims, ignoreOrder: true);
    }

    // The first runs in the fork's place with this repository's secrets, the second on whatever a run of a fork left behind.
    [Theory]
    [InlineData("pull_request_target")]
    [InlineData("workflow_run")]
    public void No_event_runs_untrusted_code_as_trusted(string trigger) => s_workflow.ShouldNotContain(trigger);

    private static string Condition(string job) => job.Split('\n').FirstOrDefault(line => line.StartsWith("    if: ", StringComparison.Ordinal)) ?? "";
}
