using MWork.Probes.Evidence;
using MWork.Probes.Subjects;

namespace MWork.Probes.Report;

/// <summary>C1's picture: the pivot's share by layer, one line per language of the prompts, over the zones of the subject.</summary>
public static class LensCurves
{
    private const string Lens = "normed lens, ";

    /// <summary>The chart, or null when the evidence holds no such curves.</summary>
    public static LineChart? Of(Evidence.Evidence evidence, Subject subject)
    {
        Curve[] curves = [.. evidence.Curves.Where(curve => curve.Name.StartsWith(Lens, StringComparison.Ordinal) && !curve.Name.Contains("all positions", StringComparison.Ordinal))];
        return curves.Length == 0 ? null : new LineChart
        {
            Title = $"Where {evidence.Subject} speaks {subject.Pivot.Name}",
            Description = $"Share of {subject.Pivot.Name} among the highest lens tokens at the last prompt position, by layer, for prompts in "
                + $"{string.Join(", ", subject.NonPivot.Select(language => language.Name))}. Bands are 95 % intervals over facts.",
            XLabel = "layer (1 is the state behind the first block)",
            YLabel = $"share of {subject.Pivot.Name} tokens",
            Series = [.. curves.Select(curve => new ChartSeries(
                $"asked in {curve.Name[Lens.Length..]}",
                [.. curve.Points.Select(point => point.Value)],
                [.. curve.Points.Select(point => point.Low)],
                [.. curve.Points.Select(point => point.High)]))],
            Zones = [new ChartZone("task-solving", subject.Zones.SolvingFrom + 0.5, subject.Zones.SolvingTo(subject.Layers) + 0.5)],
            Levels = [new ChartLevel("chance", subject.Tokens.ChanceShare(subject.Tokens.IndexOf(subject.Pivot.Code)))],
        };
    }
}
