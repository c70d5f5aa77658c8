using System.Globalization;
using MWork.Probes.Evidence;
using MWork.Probes.Statistics;
using MWork.Probes.Subjects;
using Spectre.Console;

namespace MWork.Hypotheses.Harness;

/// <summary>Evidence as a table for a terminal: one row per criterion and language, curves below.</summary>
internal static class EvidenceTable
{
    public static string Render(Evidence evidence, Subject subject)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape($"{evidence.Claim.Id} on {evidence.Subject}: {evidence.Verdict}"));
        table.AddColumns("criterion", "language", "estimate", "CI", "p", "n", "region", "verdict");
        foreach (Finding finding in evidence.Findings)
        {
            Add(finding.Name, "mean", finding.Estimate, finding.Interval, finding.P, finding.N, finding.Verdict);
            foreach (LanguageRow row in finding.Rows)
            {
                Add("", row.Language, row.Estimate, row.Interval, row.P, row.N, row.Verdict);
            }

            void Add(string name, string language, double estimate, Interval interval, double p, int n, Verdict verdict) => table.AddRow(
                new[]
                {
                    name, language, Number(estimate), interval.IsDefined ? $"{Number(interval.Low)} … {Number(interval.High)}" : "–",
                    double.IsNaN(p) ? "–" : p.ToString("0.0000", CultureInfo.InvariantCulture), n.ToString(CultureInfo.InvariantCulture),
                    finding.Region?.ToString() ?? "–", verdict.ToString(),
                }.Select(Markup.Escape).ToArray());
        }

        var text = new StringWriter(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = 130;
        console.WriteLine(evidence.Claim.Sentence);
        console.WriteLine($"{subject.About} {subject.Layers} layers, task-solving {subject.Zones.SolvingFrom + 1}–{subject.Zones.SolvingTo(subject.Layers)} ({subject.Zones.Source}).");
        foreach (string note in evidence.Findings.Select(finding => finding.Note).OfType<string>().Distinct())
        {
            console.WriteLine($"Note: {note}.");
        }

        console.Write(table);
        foreach (Curve curve in evidence.Curves)
        {
            console.WriteLine($"{curve.Name,-34} {string.Join("  ", curve.Points.Select(point => Number(point.Value)))}");
        }

        return text.ToString();
    }

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
