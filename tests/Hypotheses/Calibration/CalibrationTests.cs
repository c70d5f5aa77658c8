using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using MWork.Probes.Subjects;
using MWork.Testing;
using Shouldly;
using Xunit.Abstractions;

namespace MWork.Hypotheses;

/// <summary>How often the claims' criteria say Supported where they must not, and where they should: <c>docs/calibration.md</c>.</summary>
public sealed class CalibrationTests(ITestOutputHelper output)
{
    private const string Accept = "Read artifacts/calibration.md; if it is right, put its table and key into docs/calibration.md.";

    private static readonly string[] s_subjects = ["planted-positive", "english-pivot"];

    private static string Page => File.ReadAllText(Path.Combine(Repository.Root, "docs", "calibration.md")).ReplaceLineEndings("\n");

    [SkippableFact, Trait("Category", "Long")]
    public void The_rates_are_as_tabled_and_none_is_above_its_nominal_level()
    {
        Skip.IfNot(SubjectCatalog.IsLong, "takes minutes: MWORK_LONG=1 dotnet test tests/Hypotheses --filter Category=Long");
        (string table, IReadOnlyList<string> incompatible) = CalibrationTable.Of(s_subjects);
        string text = $"{table}\nKey: `{CalibrationTable.Key(s_subjects)}`\n".ReplaceLineEndings("\n");
        File.WriteAllText(Repository.Artifacts("calibration.md"), text);
        output.WriteLine(text);
        incompatible.ShouldBeEmpty();
        Page.ShouldContain(table.ReplaceLineEndings("\n"), Case.Sensitive, Accept);
    }

    [SkippableFact]
    public void The_table_was_counted_with_this_code_these_models_and_this_text()
    {
        string key = CalibrationTable.Key(s_subjects);
        Skip.IfNot(Page.Contains(key, StringComparison.Ordinal), $"docs/calibration.md is of other code, models or text than these ({key[..12]}…): count again with MWORK_LONG=1 dotnet test tests/Hypotheses --filter Category=Long");
    }

    /// <summary>
    /// Labels of ℓ and the pivot changed at random turn a fact's difference of differences around. Then there is no effect, and the interval may lie above
    /// zero no more often than it claims to.
    /// </summary>
    [Theory, InlineData("K1"), InlineData("G3")]
    public void Labels_changed_at_random_do_not_support(string id)
    {
        const int Permutations = 400;
        (Claim claim, _, Func<Subject, Measurement> measure) = MeasuredClaims.All.Single(entry => entry.Claim.Id == id);
        Finding finding = measure(SubjectCatalog.Get("english-pivot")).Findings[0];
        double[] units = [.. finding.Redraw.ShouldNotBeNull().Units.ShouldNotBeNull()];
        var random = new CounterRandom(20240229, $"labels {claim.Id}");
        SimulatedRate rate = Power.Simulate(Permutations, random, chance =>
        {
            CounterRandom labels = chance.Fork("labels");
            double[] changed = [.. units.Select(unit => labels.NextBool(0.5) ? unit : -unit)];
            return new Bootstrap(chance.Fork("interval"), resamples: 2_000).Mean(changed).Interval.Low > 0;
        });
        output.WriteLine($"{id}: {rate.Value:0.000} {rate.Interval}, nominal 0.025");
        rate.Interval.Low.ShouldBeLessThanOrEqualTo(0.025);
    }
}
