using MWork.Probes.Evidence;

namespace MWork.Probes.Report;

/// <summary>Curves by layer, one picture per subject and kind, one line per language.</summary>
public static class CurveFigures
{
    private const string Lens = "normed lens";

    internal static IEnumerable<Figure> Of(string claim, Evidence.Evidence[] all) =>
        from evidence in all
        from curve in evidence.Curves
        let name = Split(curve.Name)
        group (evidence, curve, name.Series) by name.Kind into kind
        let first = kind.First()
        select new Figure(
            Heading(kind.Key, first.curve),
            Caption(kind.Key, first.curve),
            [.. kind.GroupBy(entry => entry.evidence.Subject).Select(subject => Draw(
                claim, kind.Key, subject.First().evidence, [.. subject.Select(entry => (entry.Series, entry.curve))]))],
            Aside: kind.Key != Lens && kind.Any(_ => kind.Key.Contains("lens", StringComparison.Ordinal)));

    /// <summary>The lens curves that decide C1 on one subject; null where the evidence holds none.</summary>
    public static Picture? LensOf(Evidence.Evidence evidence) => Of(evidence.Claim.Id, [evidence]).FirstOrDefault(figure => !figure.Aside)?.Pictures[0];

    private static Picture Draw(string claim, string kind, Evidence.Evidence evidence, (string Series, Curve Curve)[] curves)
    {
        Setting? setting = evidence.Setting;
        List<string> languages = [.. setting?.Languages.Select(language => language.Code).OrderBy(code => code != setting.Pivot) ?? curves.Select(c => c.Series).Prepend("")];
        bool isLens = kind.Contains("lens", StringComparison.Ordinal);
        string pivot = setting is null ? "pivot" : ClaimFigures.LanguageName(evidence, setting.Pivot);
        string unit = curves[0].Curve.Unit;

        // A curve that counts blocks from 0 is drawn from 1, as the layer behind which a state lies.
        int shift = curves.SelectMany(c => c.Curve.Points).Select(point => point.Layer).DefaultIfEmpty(1).Min() == 0 ? 1 : 0;
        return new LineChart
        {
            Name = kind == Lens ? Picture.Stem(claim, evidence.Subject) : Picture.Stem(claim, evidence.Subject, kind),
            Title = evidence.Subject,
            Description = $"{Heading(kind, curves[0].Curve)}: {evidence.Subject}, one line per language ({string.Join(", ", curves.Select(c => ClaimFigures.LanguageName(evidence, c.Series)))}).",
            XLabel = "layer (1 is behind the first block)",
            YLabel = isLens ? $"share of {pivot} among the top lens tokens" : unit,
            YRange = unit.StartsWith("share", StringComparison.Ordinal) ? (0, 1) : null,
            Series = [.. curves.Select((c, i) => new ChartSeries(
                ClaimFigures.LanguageName(evidence, c.Series),
                languages.IndexOf(c.Series) is >= 0 and var place ? place : i + 1,
                [.. c.Curve.Points.Select(point => new ChartPoint(point.Layer + shift, point.Value, point.Low, point.High))]))],
            Zones = setting is null ? [] : [new ChartZone("task-solving", setting.SolvingFrom + 0.5, setting.SolvingTo + 0.5)],
            Levels = isLens && setting is not null && double.IsFinite(setting.PivotShare) ? [new ChartLevel("chance", setting.PivotShare)] : [],
            Crossings = setting is null ? [] :
            [
                .. evidence.Findings.Where(finding => finding.Name == "crossing").SelectMany(finding => finding.Rows).Select(row => (
                    $"crossing, {ClaimFigures.LanguageName(evidence, row.Language)}", row.Estimate * setting.Layers, Math.Max(0, languages.IndexOf(row.Language)))),
            ],
        }.Draw();
    }

    private static string Heading(string kind, Curve curve) => kind switch
    {
        Lens => "Where the layers speak the pivot",
        "raw lens" => "The same through the raw lens, as released (no vote)",
        "normed lens, all positions" => "The same over all positions (no vote)",
        _ when curve.Unit == "neurons per layer" => "Neurons of each language, layer by layer",
        _ when kind.StartsWith("P(", StringComparison.Ordinal) => "When the pivot leads, and when the language takes over",
        _ => ClaimFigures.Sentence(kind),
    };

    private static string Caption(string kind, Curve curve) => kind switch
    {
        Lens => "One line per language that is asked in. A model that converts rises into the shaded task-solving layers and comes back at the end; the dotted "
            + "line is what the vocabulary alone would give. Bands: 95 % over facts.",
        "raw lens" or "normed lens, all positions" => "Drawn and not judged: it shows how much of the curve belongs to the way of looking.",
        _ when curve.Unit == "neurons per layer" => "How many neurons belong to one language alone, over draws of documents. A claim of thinning out wants a dip in the shaded "
            + "layers. Heights differ between subjects.",
        _ when kind.StartsWith("P(", StringComparison.Ordinal) => "The lens’s probability of the answer in the pivot less that of the answer in the language. Above zero the pivot leads; "
            + "the triangles on the axis mark where each language takes over for good.",
        _ => "",
    };

    // "normed lens, fr", "C2 neurons of fr", "P(en) − P(fr)": what is measured, and for which language.
    private static (string Kind, string Series) Split(string name)
    {
        if (name.LastIndexOf(", ", StringComparison.Ordinal) is > 0 and var comma)
            return (name[..comma], name[(comma + 2)..]);
        if (name.EndsWith(')') && name.LastIndexOf('(') is > 0 and var bracket)
            return (name[..(bracket + 1)], name[(bracket + 1)..^1]);
        return name.LastIndexOf(' ') is > 0 and var space ? (name[..space], name[(space + 1)..]) : ("", name);
    }
}
