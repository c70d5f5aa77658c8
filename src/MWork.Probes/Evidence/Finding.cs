using System.Globalization;
using System.Text.Json.Serialization;
using MWork.Probes.Statistics;

namespace MWork.Probes.Evidence;

/// <summary>What came of one criterion.</summary>
public sealed record Finding
{
    public required string Name { get; init; }

    /// <summary>Of the effect, as in the criterion.</summary>
    public required string Unit { get; init; }

    /// <summary>NaN if it could not be had.</summary>
    public required double Estimate { get; init; }

    public required Interval Interval { get; init; }

    /// <summary>Raw p; NaN if there was no test. Corrections over claims belong to the report.</summary>
    public required double P { get; init; }

    /// <summary>Units, which are facts or parallel sentences, never prompts.</summary>
    public required int N { get; init; }

    public required Region? Region { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Why it is Invalid, or what else a reader must know; null if nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Per language, at corrected levels; empty if there are none.</summary>
    public required IReadOnlyList<LanguageRow> Rows { get; init; }

    /// <summary>The second statistic of the same effect, with which the verdict had to agree; null if there is none.</summary>
    public Finding? Beside { get; init; }

    /// <summary>How the interval comes out on other facts, for <see cref="Calibration"/>; null where that was not said. Not part of the evidence.</summary>
    [JsonIgnore]
    public Redraw? Redraw { get; init; }

    /// <summary>Decides the criterion by <see cref="VerdictRule.Decide"/>.</summary>
    public static Finding Of(
        Criterion criterion, Estimate estimate, double p = double.NaN, IReadOnlyList<LanguageRow>? rows = null) => new()
        {
            Name = criterion.Name,
            Unit = criterion.Unit,
            Estimate = estimate.Value,
            Interval = estimate.Interval,
            P = p,
            N = estimate.N,
            Region = criterion.Region,
            Verdict = VerdictRule.Decide(estimate.Interval, criterion.Region),
            Note = estimate.Interval.IsDefined ? null : "no defined interval",
            Rows = rows ?? [],
        };

    /// <summary>A criterion whose precondition failed.</summary>
    /// <param name="reason">E.g. "clean accuracy 0.31, at least 0.50 needed".</param>
    public static Finding Invalid(Criterion criterion, string reason, int n = 0) =>
        Of(criterion, new Estimate(double.NaN, Interval.Undefined(criterion.Region?.IntervalLevel() ?? 1 - MultipleTesting.Alpha), n))
            with
        { Note = reason };

    /// <summary>The same finding with a second statistic beside it, with which it must agree (<see cref="VerdictRule.Agree"/>).</summary>
    public Finding With(Finding beside)
    {
        Verdict agreed = VerdictRule.Agree(Verdict, beside.Verdict);
        string? note = agreed == Verdict ? Note : $"{Name} is {Verdict}, {beside.Name} is {beside.Verdict}";
        return this with { Beside = beside, Verdict = agreed, Note = note };
    }

    public override string ToString() => Verdict == Verdict.Invalid
        ? $"{Name} invalid: {Note}"
        : string.Create(CultureInfo.InvariantCulture, $"{Name} {Estimate:0.00##} {Interval}{(Region is null ? "" : " " + Region)}");
}
