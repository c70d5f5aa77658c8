using System.Globalization;
using System.Text.Json.Serialization;

namespace MWork.Probes.Evidence;

/// <summary>What one claim came to on one subject. It outlives the run: the report is drawn from it without a model.</summary>
public sealed record Evidence
{
    /// <summary>Raised when a field changes its meaning, is added or goes.</summary>
    public const int CurrentSchema = 2;

    /// <summary>The oldest that is still read: it lacks what only the report needs.</summary>
    public const int OldestSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    public required Claim Claim { get; init; }

    /// <summary>The subject's name; letters, digits, dot, dash and underscore, since it names a file.</summary>
    public required string Subject { get; init; }

    /// <summary>What the subject's file says the claim must give.</summary>
    public required Verdict Expected { get; init; }

    /// <summary>By <see cref="Decide"/>, or Invalid because a precondition of the whole run failed.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>One per criterion.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    public required IReadOnlyList<Curve> Curves { get; init; }

    /// <summary>Null for what is only measured.</summary>
    public required PowerStatement? Power { get; init; }

    public required RunRecord Run { get; init; }

    public required IReadOnlyList<SampleRow> Samples { get; init; }

    /// <summary>Why the subject's file expects a verdict that the paper would not lead one to; null if it does not say.</summary>
    public string? Why { get; init; }

    /// <summary>The subject; null in evidence of schema 1.</summary>
    public Setting? Setting { get; init; }

    /// <summary>The numbers that were fixed beforehand, by name; null in evidence of schema 1.</summary>
    public SortedDictionary<string, string>? Protocol { get; init; }

    /// <summary>Null if there are none.</summary>
    public IReadOnlyList<Grid>? Grids { get; init; }

    /// <summary>Null if there are none.</summary>
    public IReadOnlyList<NullBand>? Nulls { get; init; }

    /// <summary>The p of "not all criteria hold": the largest of those that have a region; NaN if one of them has none.</summary>
    [JsonIgnore]
    public double P => Findings.Where(finding => finding.Region is not null).Select(finding => finding.P)
        .DefaultIfEmpty(double.NaN).Aggregate(Math.Max);

    /// <summary>The claim's verdict from those of its criteria.</summary>
    public static Verdict Decide(IEnumerable<Finding> findings) => VerdictRule.All(findings.Select(finding => finding.Verdict));

    /// <summary>One line: <c>C1 conversion · english-pivot · Supported (mid−first 0.41 [0.38, 0.44] > 0.10) n=240</c>.</summary>
    public override string ToString()
    {
        string surprise = Verdict == Expected ? "" : $", expected {Expected}";
        int n = Findings.Select(finding => finding.N).DefaultIfEmpty(0).Min();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Claim.Id} {Claim.Family.ToLowerInvariant()} · {Subject} · {Verdict}{surprise} ({string.Join("; ", Findings)}) n={n}");
    }
}
