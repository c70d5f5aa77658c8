using MWork.Probes.Evidence;

namespace MWork.Probes.Report;

public sealed partial class ReportPage
{
    private Markup ClaimSection(ClaimResults claim)
    {
        string heading = Anchor(claim) + "-h";
        Figure[] figures = [.. ClaimFigures.Of(claim)];
        return new Markup(
            $"""
            <section class="claim" id="{Anchor(claim)}" aria-labelledby="{heading}">
            <p class="over">{claim.Claim.Id} · {claim.Claim.Family}</p>
            <h2 id="{heading}" dir="auto">{claim.Claim.Sentence}</h2>
            <p class="source"><bdi>{ClaimFigures.Sentence(claim.Claim.Source)}</bdi>. {Tally(claim)}</p>
            {Protocol(claim)}
            {ResultsTable(claim)}
            {All(figures.Where(figure => !figure.Aside).Select(FigureSection))}
            {Asides(figures)}
            {AllNumbers(claim)}
            </section>
            """);
    }

    private static string Tally(ClaimResults claim)
    {
        IEnumerable<string> counts = claim.Results.GroupBy(result => result.Evidence.Verdict).OrderBy(group => group.Key).Select(group => $"{group.Key} on {group.Count()}");
        int surprises = claim.Results.Count(result => !result.IsExpected);
        return $"{string.Join(", ", counts)} of {claim.Results.Count} subjects; {(surprises == 0 ? "all as expected" : $"{surprises} not as expected")}.";
    }

    private static Markup Protocol(ClaimResults claim)
    {
        Criterion[] criteria = [.. claim.Claim.Criteria];
        SortedDictionary<string, string>? numbers = claim.Results.Select(result => result.Evidence.Protocol).FirstOrDefault(protocol => protocol is not null);
        return new Markup(
            $"""
            <ul class="criteria">{All(criteria.Select(criterion => new Markup($"""<li><b>{criterion.Name}</b> {(criterion.Region is null ? "measured only" : ForestChart.Words(criterion.Region))} <span class="quiet">{criterion.Unit}</span></li>""")))}</ul>
            <details><summary>Protocol: what was fixed beforehand</summary>{(numbers is null
                ? new Markup($"""<p class="quiet">This evidence holds only its hash, {All(claim.Results.Select(result => result.Evidence.Run.Hashes.Protocol).Distinct().Select((hash, i) => new Markup($"""{(i == 0 ? "" : ", ")}<code>{Short(hash)}</code>""")))}.</p>""")
                : new Markup($"""<dl class="protocol">{All(numbers.Select(number => new Markup($"""<div><dt>{number.Key}</dt><dd>{number.Value}</dd></div>""")))}</dl>"""))}</details>
            """);
    }

    // One row per subject: the criterion on which its verdict hangs. On a narrow page a row becomes a card, and the labels come from data-label.
    private static Markup ResultsTable(ClaimResults claim) => new(
        $"""
        <table class="results stack" role="table" aria-label="{claim.Claim.Id}: verdict, effect, interval, p, n and power by subject">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Subject</th><th role="columnheader" scope="col">Verdict</th><th role="columnheader" scope="col">Deciding criterion</th><th role="columnheader" scope="col" class="n">Effect</th><th role="columnheader" scope="col" class="n">CI</th><th role="columnheader" scope="col" class="n">p</th><th role="columnheader" scope="col" class="n">q</th><th role="columnheader" scope="col" class="n">n</th><th role="columnheader" scope="col" class="n">Power</th><th role="columnheader" scope="col" class="n">Finds</th></tr></thead>
        <tbody role="rowgroup">{All(claim.Results.Select(ResultRow))}</tbody></table>
        """);

    private static Markup ResultRow(Result result)
    {
        Evidence.Evidence e = result.Evidence;
        Finding? f = result.Deciding;
        PowerStatement? power = e.Power;

        // Twice a margin of nothing is no effect to be powered for.
        string strength = power is null || double.IsNaN(power.Power) || power.Effect == 0 ? Figures.None : $"{Figures.Number(power.Power)} at {Figures.Number(power.Effect)}";
        return new Markup(
            $"""
            <tr role="row"><th role="rowheader" scope="row">{e.Subject}</th><td role="cell" class="verdict">{VerdictMark.Glyph(e.Verdict)} <b>{e.Verdict.ToString()}</b>{(result.IsExpected ? null : new Markup($"""<span class="unexpected"> expected {e.Expected.ToString()}</span>"""))}</td><td role="cell" class="crit">{f?.Name}{(f?.Note is { } note ? new Markup($"""<span class="why" dir="auto">{note}</span>""") : null)}{(e.Why is { } why ? new Markup($"""<span class="why" dir="auto">{why}</span>""") : null)}</td>{Value("effect", Figures.Number(f?.Estimate ?? double.NaN))}{Value("CI", f is null ? Figures.None : Figures.Interval(f.Interval))}{Value("p", Figures.Probability(f?.P ?? double.NaN))}{Value("q", Figures.Probability(result.Q))}{Value("n", f is null ? Figures.None : Figures.Whole(f.N))}{Value("power", strength)}{Value("finds", Figures.Number(power?.SmallestDetectable ?? double.NaN))}</tr>
            """);

        static Markup Value(string label, string value) => new($"""<td role="cell" class="n" data-label="{label}">{value}</td>""");
    }

    private Markup FigureSection(Figure figure) => new(
        $"""<section class="figure"><h3>{figure.Heading}</h3>{(figure.Caption.Length == 0 ? null : new Markup($"""<p class="caption">{figure.Caption}</p>"""))}<div class="plots">{All(figure.Pictures.Select(Plot))}</div></section>""");

    private Markup? Asides(Figure[] figures) => figures.Any(figure => figure.Aside)
        ? new Markup($"""<details class="asides"><summary>Drawn without a vote: {string.Join(", ", figures.Where(figure => figure.Aside).Select(figure => figure.Heading.Replace(" (no vote)", "", StringComparison.Ordinal).ToLowerInvariant()))}</summary>{All(figures.Where(figure => figure.Aside).Select(FigureSection))}</details>""")
        : null;

    private Markup Plot(Picture picture)
    {
        // Ids of the page and names of files must differ, whatever subjects are called.
        string name = picture.Name;
        for (int i = 2; _pictures.ContainsKey(name); i++)
            name = $"{picture.Name}-{Figures.Whole(i)}";
        picture = picture with { Name = name };
        _pictures.Add(name, picture);
        return new Markup(
            $"""<figure>{picture.Inline()}<details class="data"><summary>Numbers<span class="sr"> behind {picture.Title}</span></summary><div class="scroll" tabindex="0" role="group" aria-label="Numbers: {picture.Description}"><table class="numbers"><thead><tr>{All(picture.Table.Head.Select((head, i) => new Markup($"""<th scope="col"{(i == 0 ? null : N)}>{(head.Length == 0 ? "of" : head)}</th>""")))}</tr></thead><tbody>{All(picture.Table.Rows.Select(row => new Markup($"""<tr>{All(row.Select((cell, i) => i == 0 ? new Markup($"""<th scope="row">{cell}</th>""") : new Markup($"""<td class="n">{cell}</td>""")))}</tr>""")))}</tbody></table></div></details></figure>""");
    }

    private static Markup N { get; } = new($" class=\"n\"");

    private static Markup AllNumbers(ClaimResults claim) => new(
        $"""
        <details><summary>Every criterion and language</summary><div class="scroll" tabindex="0" role="group" aria-label="{claim.Claim.Id}: every criterion and language"><table class="numbers">
        <thead><tr><th scope="col">subject</th><th scope="col">criterion</th><th scope="col">language</th><th scope="col" class="n">estimate</th><th scope="col" class="n">interval</th><th scope="col" class="n">level</th><th scope="col" class="n">p</th><th scope="col" class="n">n</th><th scope="col">region</th><th scope="col">verdict</th></tr></thead>
        <tbody>{All(claim.Results.SelectMany(result => result.Evidence.Findings.SelectMany(finding => FindingRows(result.Evidence, finding))))}</tbody></table></div></details>
        """);

    private static IEnumerable<Markup> FindingRows(Evidence.Evidence e, Finding finding, string beside = "")
    {
        yield return Row("all", finding.Estimate, finding.Interval, finding.P, finding.N, finding.Verdict);
        foreach (LanguageRow row in finding.Rows)
            yield return Row(ClaimFigures.LanguageName(e, row.Language), row.Estimate, row.Interval, row.P, row.N, row.Verdict);
        foreach (Markup row in finding.Beside is null ? [] : FindingRows(e, finding.Beside, "beside: "))
            yield return row;

        Markup Row(string language, double estimate, Statistics.Interval interval, double p, int n, Verdict verdict) => new(
            $"""<tr><th scope="row">{e.Subject}</th><td>{beside}{finding.Name}</td><td><bdi>{language}</bdi></td><td class="n">{Figures.Number(estimate)}</td><td class="n">{Figures.Interval(interval)}</td><td class="n">{Figures.Level(interval.Level)}</td><td class="n">{Figures.Probability(p)}</td><td class="n">{n}</td><td>{(finding.Region is null ? Figures.None : ForestChart.Words(finding.Region))}</td><td>{verdict.ToString()}</td></tr>""");
    }

    private Markup? ComparisonSection() => _comparison is null ? null : new Markup(
        $"""
        <section aria-labelledby="moved-h"><h2 id="moved-h">What moved</h2>
        <p class="caption">From <code>{_comparison.Before}</code> to <code>{_comparison.After}</code>: {_comparison.Moves.Where(move => move.ChangesVerdict).Select(move => (move.Claim, move.Subject)).Distinct().Count()} verdicts changed. {_comparison.Moves.Count} criteria have other figures or are new or gone, {_comparison.Same} are the same to the bit. Below stands the second run.</p>
        {(_comparison.Moves.Count == 0 ? null : new Markup(
            $"""<table class="results stack moved" role="table" aria-label="Criteria that moved"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Claim, subject</th><th role="columnheader" scope="col">Criterion</th><th role="columnheader" scope="col">Before</th><th role="columnheader" scope="col">After</th><th role="columnheader" scope="col" class="n">Change</th><th role="columnheader" scope="col">Changed with it</th></tr></thead><tbody role="rowgroup">{All(_comparison.Moves.Select(MoveRow))}</tbody></table>"""))}
        </section>
        """);

    private static Markup MoveRow(Move move)
    {
        return new Markup(
            $"""<tr role="row"><th role="rowheader" scope="row">{move.Claim} <bdi>{move.Subject}</bdi></th><td role="cell" class="crit">{move.Criterion}</td>{Side("before", move.VerdictBefore, move.Before)}{Side("after", move.VerdictAfter, move.After)}<td role="cell" class="n" data-label="change">{Figures.Number((move.After?.Estimate ?? double.NaN) - (move.Before?.Estimate ?? double.NaN))}</td><td role="cell" data-label="with it">{move.Why}</td></tr>""");

        static Markup Side(string label, Verdict? verdict, Finding? finding) => new(
            $"""<td role="cell" data-label="{label}">{(verdict is { } known ? VerdictMark.Glyph(known) : null)} {(verdict is { } word ? word.ToString() : Figures.None)} {(finding is null ? "" : $"{Figures.Number(finding.Estimate)} {Figures.Interval(finding.Interval)}")}</td>""");
    }
}
