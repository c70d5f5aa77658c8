using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MWork.Testing;
using Shouldly;

namespace MWork.ReportTests;

/// <summary>The page as a reader meets it. Screenshots go to <c>artifacts/report-tests</c>.</summary>
public sealed class ReportInBrowserTests(Browser browser) : IClassFixture<Browser>
{
    public static TheoryData<int, ColorScheme> Windows => new()
    {
        { 390, ColorScheme.Light }, { 390, ColorScheme.Dark }, { 1440, ColorScheme.Light }, { 1440, ColorScheme.Dark },
    };

    [SkippableTheory, MemberData(nameof(Windows))]
    public async Task The_page_is_quiet_complete_and_fits(int width, ColorScheme scheme)
    {
        IPage page = await browser.OpenAsync(width, scheme);
        var heard = new List<string>();
        page.Console += (_, message) => heard.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => heard.Add(error);
        page.Request += (_, request) =>
        {
            if (request.Url != RenderedReport.Address.AbsoluteUri && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                heard.Add($"asked for {request.Url}");
        };
        await page.GotoAsync(RenderedReport.Address.AbsoluteUri);
        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Repository.Artifacts("report-tests", $"report-{width}-{scheme.ToString().ToLowerInvariant()}.png"),
            FullPage = true,
        });

        heard.ShouldBeEmpty();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);

        // What is wider than the window must scroll in a place of its own.
        (await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('main *, header *, footer *')]
              .filter(e => e.getClientRects().length && !e.closest('.scroll, svg, .sr, thead') && e.getBoundingClientRect().right > innerWidth + 0.5)
              .map(e => e.tagName + '.' + e.className + ': ' + e.textContent.slice(0, 60))
            """)).ShouldBeEmpty();
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
    }

    // With all numbers open a pass takes half a minute, so that one width has it.
    [SkippableTheory]
    [InlineData(390, ColorScheme.Light, false)]
    [InlineData(390, ColorScheme.Dark, false)]
    [InlineData(1440, ColorScheme.Light, false)]
    [InlineData(1440, ColorScheme.Dark, true)]
    public async Task Axe_finds_nothing(int width, ColorScheme scheme, bool open)
    {
        IPage page = await browser.OpenAsync(width, scheme);
        await page.GotoAsync(RenderedReport.Address.AbsoluteUri);
        if (open)
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        AxeResult result = await page.RunAxe();
        result.Violations.Select(violation => $"{violation.Id}: {violation.Help}, as {violation.Nodes[0].Html}").ShouldBeEmpty();
        result.Passes.ShouldContain(pass => pass.Id == "color-contrast");
    }

    [SkippableFact]
    public async Task Every_chart_has_marks_a_title_and_its_numbers()
    {
        IPage page = await browser.OpenAsync(1440, ColorScheme.Light);
        await page.GotoAsync(RenderedReport.Address.AbsoluteUri);
        (await page.Locator("svg.chart").CountAsync()).ShouldBeGreaterThan(20);
        string[] bare = await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('svg.chart')].filter(chart =>
                chart.querySelectorAll('.mark').length === 0
                || ![...chart.querySelectorAll('.mark')].every(mark => { const b = mark.getBBox(); return Number.isFinite(b.x + b.y) && b.width + b.height > 0; })
                || !chart.querySelector('title')?.textContent.trim()
                || !chart.querySelector('desc')?.textContent.trim()
                || (chart.parentElement.querySelector('table tbody tr td') === null))
              .map(chart => chart.outerHTML.slice(0, 300))
            """);
        bare.ShouldBeEmpty();
        string[] ids = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('[id]')].map(e => e.id)");
        ids.ShouldBeUnique();
    }

    [SkippableFact]
    public async Task Nothing_leaves_its_chart()
    {
        IPage page = await browser.OpenAsync(1440, ColorScheme.Light);
        await page.GotoAsync(RenderedReport.Address.AbsoluteUri);
        (await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('svg.chart')].flatMap(chart => {
              const view = chart.viewBox.baseVal;
              return [...chart.querySelectorAll('text, .mark')].filter(e => {
                const b = e.getBBox();
                return b.x < -3 || b.x + b.width > view.width + 3 || b.y < -3 || b.y + b.height > view.height + 3;
              }).map(e => chart.querySelector('title').textContent + ': ' + e.outerHTML.slice(0, 160));
            })
            """)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Without_scripts_it_reads_the_same()
    {
        IPage page = await browser.OpenAsync(1440, ColorScheme.Light, scripts: false);
        await page.GotoAsync(RenderedReport.Address.AbsoluteUri);
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("MWork, claim by claim");
        (await page.Locator("script").CountAsync()).ShouldBe(0);
    }

    [SkippableFact]
    public async Task A_drawing_opens_alone()
    {
        IPage page = await browser.OpenAsync(1440, ColorScheme.Dark);
        string folder = Path.GetDirectoryName(RenderedReport.Page)!;
        foreach (string file in Directory.GetFiles(folder, "*.svg"))
        {
            await page.GotoAsync(new Uri(file).AbsoluteUri);
            (await page.EvaluateAsync<string>("document.documentElement.tagName")).ShouldBe("svg", file);
        }
    }
}
