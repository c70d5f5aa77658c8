using System.Diagnostics;
using MWork.Probes.Evidence;
using MWork.Probes.Subjects;
using MWork.Probes.Tensors;
using MWork.Probes.Text;
using MWork.Testing;
using Shouldly;
using Xunit.Abstractions;

namespace MWork.Hypotheses.Harness;

/// <summary>
/// What every claim's test does around its statistic: load the subject, time the run, write the evidence, print a table, and hold the
/// verdict against the one that the subject's file expects.
/// </summary>
public abstract class HypothesisTest(ITestOutputHelper output)
{
    /// <summary>Puts a claim to a subject.</summary>
    /// <param name="claim">What is claimed.</param>
    /// <param name="protocol">The numbers that were fixed beforehand; hashed into the evidence.</param>
    /// <param name="subjectName">A subject of <see cref="SubjectCatalog.All"/>.</param>
    /// <param name="measure">The statistic.</param>
    protected void Decide(Claim claim, Protocol protocol, string subjectName, Func<Subject, Measurement> measure)
    {
        var started = DateTimeOffset.Now;
        var clock = Stopwatch.StartNew();
        Subject subject = SubjectCatalog.Get(subjectName);
        Verdict expected = subject.Expected(claim.Id);
        Measurement measured;
        try
        {
            measured = measure(subject);
        }
        catch (MissingTextException missing)
        {
            // Nothing was expected of a claim that its subject cannot be asked, unless its file says so.
            expected = subject.Expected(claim.Id, Verdict.Invalid);
            measured = Measurement.Invalid(claim, missing.Message, 0);
        }

        var evidence = new Evidence
        {
            Claim = claim,
            Subject = subject.Name,
            Expected = expected,
            Verdict = Evidence.Decide(measured.Findings),
            Findings = measured.Findings,
            Curves = measured.Curves,
            Power = measured.Power,
            Samples = measured.Samples,
            Why = subject.Why(claim.Id),
            Setting = subject.Describe(),
            Protocol = ProtocolFile.Numbers(protocol),
            Grids = measured.Grids,
            Nulls = measured.Nulls,
            Run = new RunRecord(
                started,
                Math.Round(clock.Elapsed.TotalSeconds, 3),
                RunVersions.Commit,
                measured.Seeds,
                new RunHashes(subject.Model.Hash, subject.Text.Hash, ContentHash.Of(ProtocolFile.Render(claim, protocol))),
                RunVersions.Current(Backends.Default.Name, Backends.Default.Settings)),
        };
        EvidenceJson.Save(evidence, Repository.Artifacts("evidence", "."));
        string table = EvidenceTable.Render(evidence, subject);
        output.WriteLine(table);
        VerdictSummary.Add(evidence);
        evidence.Verdict.ShouldBe(expected, $"{claim.Id} on {subject.Name}\n{table}");
    }
}

/// <summary>What a claim's statistic gave on a subject.</summary>
public sealed record Measurement
{
    /// <summary>One per criterion of the claim; together they decide.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    public IReadOnlyList<Curve> Curves { get; init; } = [];

    public PowerStatement? Power { get; init; }

    /// <summary>For the report; null if there are none.</summary>
    public IReadOnlyList<Grid>? Grids { get; init; }

    /// <summary>For the report; null if there are none.</summary>
    public IReadOnlyList<NullBand>? Nulls { get; init; }

    public IReadOnlyList<SampleRow> Samples { get; init; } = [];

    public SortedDictionary<string, ulong> Seeds { get; init; } = new(StringComparer.Ordinal);

    /// <summary>A claim that cannot be put to this subject.</summary>
    public static Measurement Invalid(Claim claim, string reason, int n) =>
        new() { Findings = [.. claim.Criteria.Select(criterion => Finding.Invalid(criterion, reason, n))] };
}
