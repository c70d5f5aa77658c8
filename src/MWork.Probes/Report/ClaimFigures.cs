using MWork.Probes.Evidence;

namespace MWork.Probes.Report;

/// <summary>The pictures of a claim, from whatever its evidence holds: those of claims yet to be written, too.</summary>
public static class ClaimFigures
{
    /// <summary>The name of the grid by which detectors are compared; it has a section of its own.</summary>
    public const string DetectorGrid = "PLND as described and as released";

    public static IReadOnlyList<Figure> Of(ClaimResults claim)
    {
        Evidence.Evidence[] all = [.. claim.Results.Select(result => result.Evidence)];
        Figure?[] figures = [Effects(claim.Claim, all), .. CurveFigures.Of(claim.Claim.Id, all), .. Grids(claim.Claim.Id, all), Nulls(claim.Claim.Id, all), Stabilities(claim.Claim.Id, all), Powers(claim.Claim, all)];
        return [.. figures.OfType<Figure>().Where(figure => figure.Pictures.Count > 0)];
    }

    /// <summary>What a code is called in the evidence, or the code.</summary>
    internal static string LanguageName(Evidence.Evidence evidence, string code) =>
        evidence.Setting?.Languages.FirstOrDefault(language => language.Code == code)?.Name ?? code;

    private static Figure Effects(Claim claim, Evidence.Evidence[] all) => new(
        "Effects against the claimed region",
        "Each line is a subject’s mean over the languages beside the pivot with its confidence interval (95 %, 90 % where a claim is that nothing changes). "
            + "Shaded: where the claim holds. A filled dot is Supported, an open diamond Refuted, a half-filled one Inconclusive, a cross Invalid, a bar Measured.",
        [.. claim.Criteria.Select(criterion => new ForestChart
        {
            Name = Picture.Stem(claim.Id, "effect", criterion.Name),
            Title = criterion.Name,
            Description = $"{claim.Id}, {criterion.Name}: estimate and interval for each of {all.Length} subjects.",
            Unit = criterion.Unit,
            Region = criterion.Region,
            Rows = [.. FindingsOf(criterion, all).Select(f => new ForestRow(f.Subject, f.Finding.Estimate, f.Finding.Interval, f.Finding.Verdict, f.Finding.Note))],
        }.Draw())]);

    private static Figure Powers(Claim claim, Evidence.Evidence[] all) => new(
        "What these runs could have found",
        "The chance of Supported if the true effect were the one below, with as much scatter as this run had (normal approximation). The earlier a line "
            + "reaches 0.8, the smaller the effect that is found. Dashed: the claim’s bound. Subjects whose data do not scatter have no line.",
        [.. claim.Criteria
            .Select(criterion => PowerCurves.Of(criterion, [.. FindingsOf(criterion, all)], Picture.Stem(claim.Id, "power", criterion.Name)))
            .OfType<Picture>()]);

    private static IEnumerable<Figure> Grids(string claim, Evidence.Evidence[] all) =>
        from evidence in all
        from grid in evidence.Grids ?? []
        where grid.Name != DetectorGrid && grid.Rows.Count > 0 && grid.Columns.Count > 0
        group (evidence, grid) by grid.Name into kind
        select new Figure(
            Sentence(kind.Key),
            "Rows: whose neurons are off. Columns: the language asked in. Each cell is the mean loss over all test facts, matched or not, and has no vote. "
                + "Language-specific neurons show as a shaded diagonal.",
            [.. kind.Select(entry => new MatrixChart
            {
                Name = Picture.Stem(claim, entry.evidence.Subject, kind.Key),
                Title = entry.evidence.Subject,
                Description = $"{kind.Key}, {entry.evidence.Subject}.",
                Unit = $"mean loss, {entry.grid.Unit}",
                RowTitle = "off",
                ColumnTitle = "tested",
                Rows = [.. entry.grid.Rows.Select(code => LanguageName(entry.evidence, code) is var name && name != code ? $"{name} {code}" : code)],
                Columns = entry.grid.Columns,
                Values = entry.grid.Values,
            }.Draw())]);

    private static Figure Nulls(string claim, Evidence.Evidence[] all) => new(
        "Overlap against chance",
        "The band holds 95 % of permutations of the labels, its darker part half of them. A dot right of the band is more than chance; the upright tick is "
            + "how far two wordings of one fact agree, the most there is to reach.",
        Bands(claim, all, "overlap", band => band.Unit != NullBand.JaccardIndex));

    private static Figure Stabilities(string claim, Evidence.Evidence[] all) => new(
        "Whether the detectors find the same neurons again",
        "Jaccard index, all languages together, of the sets from two halves of the text that share no document, and from documents of two seeds. The band holds 95 % "
            + "of random sets as large in every layer. A detector whose dot lies near its band finds other neurons each time.",
        Bands(claim, all, "stability", band => band.Unit == NullBand.JaccardIndex));

    private static Picture[] Bands(string claim, Evidence.Evidence[] all, string stem, Func<NullBand, bool> which) =>
    [
        .. from evidence in all
           let bands = (evidence.Nulls ?? []).Where(which).ToArray()
           where bands.Length > 0
           select new NullChart
           {
               Name = Picture.Stem(claim, evidence.Subject, stem),
               Title = evidence.Subject,
               Description = $"Observed {stem} beside what chance gives, {evidence.Subject}.",
               Rows = [.. bands.Select(band => (LanguageName(evidence, band.Name), band))],
           }.Draw(),
    ];

    private static IEnumerable<(string Subject, Finding Finding)> FindingsOf(Criterion criterion, Evidence.Evidence[] all) =>
        from evidence in all
        let finding = evidence.Findings.FirstOrDefault(finding => finding.Name == criterion.Name)
        where finding is not null
        select (evidence.Subject, finding);

    internal static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
