using System.Globalization;
using MWork.Probes.Evidence;

namespace MWork.Probes.Report;

/// <summary>The report as one HTML page: no scripts, nothing fetched, light and dark, on paper and read aloud.</summary>
public sealed partial class ReportPage
{
    private const int ShownDigits = 12;

    private readonly EvidenceFolder _folder;
    private readonly Comparison? _comparison;
    private readonly ResultTable _table;
    private readonly Dictionary<string, Picture> _pictures = new(StringComparer.Ordinal);

    public ReportPage(EvidenceFolder folder, Comparison? comparison = null)
    {
        (_folder, _comparison, _table) = (folder, comparison, new ResultTable(folder.Evidence));
        Html = new Markup(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <link rel="icon" href="data:,">
            <title>MWork, claim by claim</title>
            <style>{Style()}</style>
            </head>
            <body>
            <a class="skip" href="#claims">To the claims</a>
            {Head()}
            <main>
            {ComparisonSection()}
            {Overview()}
            <div id="claims" tabindex="-1">{All(_table.Claims.Select(ClaimSection))}</div>
            {Detectors()}
            {Subjects()}
            {Runs()}
            </main>
            <footer><p>How to read it: docs/reading-the-report.md. What is claimed, and how it is measured: docs/claims.md.</p></footer>
            </body>
            </html>

            """).ToString();
    }

    public string Html { get; }

    /// <summary>Every drawing on the page, to be kept as a file of its own.</summary>
    public IReadOnlyCollection<Picture> Pictures => _pictures.Values;

    private Markup Head()
    {
        Result[] all = [.. _table.All];
        int surprises = all.Count(result => !result.IsExpected);
        string outcome = all.Length == 0 ? "No evidence yet"
            : surprises == 0 ? "Every verdict is the one its subject’s file expects"
            : $"{surprises} of {all.Length} verdicts {(surprises == 1 ? "is" : "are")} not what the subject’s file expects";
        DateTimeOffset[] started = [.. all.Select(result => result.Evidence.Run.Started).Order()];
        return new Markup(
            $"""
            <header class="top">
            <p class="over">How do large language models handle multilingualism? · Zhao et al. 2024, tested</p>
            <h1>MWork, claim by claim</h1>
            <p class="lead">{outcome}.</p>
            <p class="quiet">{Figures.Count(_table.Claims.Count, "claim")}, {Figures.Count(_table.Subjects.Count, "subject")}, {Figures.Count(all.Length, "verdict")}{(started.Length == 0 ? "" : $"; runs of {Span(started[0], started[^1])}")}.</p>
            {Complaints()}
            <nav aria-label="Claims"><ul>{All(_table.Claims.Select(claim => new Markup($"""<li><a href="#{Anchor(claim)}">{claim.Claim.Id}</a></li>""")))}<li><a href="#detectors">PLND</a></li><li><a href="#subjects">Subjects</a></li><li><a href="#runs">Runs</a></li></ul></nav>
            </header>
            """);
    }

    private Markup? Complaints() => _folder.Problems.Count == 0 ? null : new Markup(
        $"""<section class="problems" aria-labelledby="problems-h"><h2 id="problems-h">{Figures.Count(_folder.Problems.Count, "file")} could not be read</h2><ul>{All(_folder.Problems.Select(problem => new Markup($"""<li><bdi>{problem}</bdi></li>""")))}</ul></section>""");

    private Markup Overview()
    {
        if (_table.Claims.Count == 0)
            return new Markup($"""<section><h2>No evidence</h2><p>Run <code>dotnet test</code>, or name a folder: <code>mwork report DIR</code>.</p></section>""");
        return new Markup(
            $"""
            <section aria-labelledby="overview-h"><h2 id="overview-h">At a glance</h2>
            <ul class="legend">{All(Enum.GetValues<Verdict>().Select(verdict => new Markup($"""<li>{VerdictMark.Glyph(verdict)} <b>{verdict.ToString()}</b> {VerdictMark.Meaning(verdict)}</li>""")))}</ul>
            <p class="caption">Rows are claims, columns the models they are put to. The number is the effect of the criterion on which the verdict hangs. A frame marks a verdict that its
            subject’s file does not expect: a negative control that is Refuted as expected is as good as a positive one that is Supported.</p>
            <div class="scroll" tabindex="0" role="group" aria-label="Verdicts by claim and subject"><table class="glance">
            <thead><tr><th scope="col">Claim</th>{All(_table.Subjects.Select(subject => new Markup($"""<th scope="col" class="up"><span>{subject}</span></th>""")))}</tr></thead>
            <tbody>{All(_table.Claims.Select(GlanceRow))}</tbody></table></div></section>
            """);
    }

    private Markup GlanceRow(ClaimResults claim) => new(
        $"""<tr><th scope="row"><a href="#{Anchor(claim)}">{claim.Claim.Id}</a><bdi class="wide"> {claim.Claim.Sentence}</bdi></th>{All(_table.Subjects.Select(subject => GlanceCell(claim.Results.FirstOrDefault(result => result.Evidence.Subject == subject))))}</tr>""");

    private static Markup GlanceCell(Result? result) => result is null
        ? new Markup($"""<td class="none"><span class="sr">not asked</span></td>""")
        : new Markup(
            $"""<td{(result.IsExpected ? null : new Markup($" class=\"surprise\""))}>{VerdictMark.Glyph(result.Evidence.Verdict)}<span class="sr">{Words(result)}</span><span class="effect">{Figures.Number(result.Deciding?.Estimate ?? double.NaN)}</span></td>""");

    private static string Words(Result result) =>
        result.IsExpected ? result.Evidence.Verdict.ToString() : $"{result.Evidence.Verdict}, expected {result.Evidence.Expected}";

    private Markup Detectors()
    {
        Figure? found = PlndDifferences.Found(_table.All.Select(result => result.Evidence));
        return new Markup(
            $"""
            <section class="claim" id="detectors" aria-labelledby="detectors-h"><p class="over">A result of its own</p>
            <h2 id="detectors-h">PLND as described is not PLND as released.</h2>
            <p class="source">The detector of language neurons in the paper, and the one in the authors’ code (commit be2b161). Claims here use the first.</p>
            {(found is null ? new Markup($"""<p class="caption">This evidence does not hold what the two find; <code>dotnet test --filter Claim=T1</code> measures it.</p>""") : FigureSection(found))}
            <table class="words stack"><thead><tr><th scope="col">In what they differ</th><th scope="col">As described</th><th scope="col">As released</th></tr></thead>
            <tbody>{All(PlndDifferences.Table.Select(row => new Markup($"""<tr><th scope="row">{row.What}</th><td data-label="described">{row.Described}</td><td data-label="released">{row.Released}</td></tr>""")))}</tbody></table>
            </section>
            """);
    }

    private Markup Subjects() => new(
        $"""<section class="claim" id="subjects" aria-labelledby="subjects-h"><h2 id="subjects-h">What was asked</h2><dl class="subjects">{All(_table.Subjects.Select(SubjectEntry))}</dl></section>""");

    private Markup SubjectEntry(string name)
    {
        Evidence.Evidence[] own = [.. _table.All.Select(result => result.Evidence).Where(evidence => evidence.Subject == name)];
        Setting? setting = own.Select(evidence => evidence.Setting).OfType<Setting>().FirstOrDefault();
        Markup about = setting is null
            ? new Markup($"""<dd class="quiet">Its evidence does not say what it is; a run of this version would.</dd>""")
            : new Markup(
                $"""<dd dir="auto">{setting.About}</dd><dd class="quiet">{setting.Layers} layers, task-solving {setting.SolvingFrom + 1} to {setting.SolvingTo} ({setting.ZoneSource}). Pivot {ClaimFigures.LanguageName(own.First(e => e.Setting is not null), setting.Pivot)}; asked in {All(setting.Languages.Select((language, i) => new Markup($"""{(i == 0 ? "" : ", ")}{language.Name} (<bdi lang="{language.Code}" dir="auto">{language.OwnName}</bdi>)""")))}.</dd>""");
        string[] models = [.. own.Select(evidence => evidence.Run.Hashes.Model).Distinct()];
        return new Markup($"""<div><dt dir="auto">{name}</dt>{about}<dd class="quiet">model {All(models.Select((hash, i) => new Markup($"""{(i == 0 ? "" : ", ")}<code>{Short(hash)}</code>""")))}</dd></div>""");
    }

    private Markup Runs()
    {
        Evidence.Evidence[] all = [.. _table.All.Select(result => result.Evidence)];
        IEnumerable<string> machines = all.Select(evidence => evidence.Run.Versions).Select(v =>
            $"library {v.Library}, {v.Runtime}, {v.OperatingSystem}, {v.Architecture}, backend {v.Backend}"
            + string.Concat(v.BackendSettings.Select(setting => $", {setting.Key} {setting.Value}"))).Distinct();
        return new Markup(
            $"""
            <section class="claim" id="runs" aria-labelledby="runs-h"><h2 id="runs-h">Where the numbers come from</h2>
            <ul>{All(machines.Select(machine => new Markup($"""<li>{machine}</li>""")))}</ul>
            <p class="caption">q is p after Benjamini and Hochberg over the claims put to one subject. The unit of uncertainty is the fact or the parallel sentence, never the prompt.</p>
            <details><summary>Every run with its seeds and hashes</summary><div class="scroll" tabindex="0" role="group" aria-label="Runs"><table class="numbers">
            <thead><tr><th scope="col">claim</th><th scope="col">subject</th><th scope="col">started</th><th scope="col">seconds</th><th scope="col">samples</th><th scope="col">seeds</th><th scope="col">model</th><th scope="col">text</th><th scope="col">protocol</th><th scope="col">commit</th></tr></thead>
            <tbody>{All(all.Select(RunRow))}</tbody></table></div></details></section>
            """);
    }

    private static Markup RunRow(Evidence.Evidence e) => new(
        $"""<tr><th scope="row">{e.Claim.Id}</th><td>{e.Subject}</td><td>{Time(e.Run.Started)}</td><td class="n">{Figures.Number(e.Run.WallSeconds)}</td><td class="n">{e.Samples.Count}</td><td>{string.Join(", ", e.Run.Seeds.Select(seed => $"{seed.Key} {seed.Value.ToString(CultureInfo.InvariantCulture)}"))}</td><td><code>{Short(e.Run.Hashes.Model)}</code></td><td><code>{Short(e.Run.Hashes.Text)}</code></td><td><code>{Short(e.Run.Hashes.Protocol)}</code></td><td><code>{Short(e.Run.Commit ?? Figures.None)}</code></td></tr>""");

    private static Markup All(IEnumerable<Markup> parts) => new Markup().AddAll(parts);

    private static string Anchor(ClaimResults claim) => "claim-" + Picture.Stem(claim.Claim.Id);

    private static string Short(string hash) => hash.Length <= ShownDigits || hash.Contains(' ', StringComparison.Ordinal) ? hash : hash[..ShownDigits];

    private static string Span(DateTimeOffset first, DateTimeOffset last) => first.Date == last.Date
        ? string.Create(CultureInfo.InvariantCulture, $"{first:d MMMM yyyy}, {first:HH:mm} to {last:HH:mm}")
        : string.Create(CultureInfo.InvariantCulture, $"{first:d MMMM yyyy} to {last:d MMMM yyyy}");

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
