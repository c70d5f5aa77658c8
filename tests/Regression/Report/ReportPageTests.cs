using System.Text.RegularExpressions;
using System.Xml.Linq;
using MWork.Probes.Evidence;
using MWork.Probes.Report;
using Shouldly;

namespace MWork.Regression.Report;

/// <summary>What a page says and what it must not hold; <c>tests/Report</c> opens it in a browser.</summary>
public sealed partial class ReportPageTests
{
    private static readonly ReportPage s_page = new(Fixtures.After, Comparison.Of(Fixtures.Before, Fixtures.After));

    [Fact]
    public void It_names_every_claim_subject_verdict_and_file_that_is_broken()
    {
        foreach (Evidence evidence in Fixtures.After.Evidence)
        {
            s_page.Html.ShouldContain(Markup.Escape(evidence.Claim.Sentence));
            s_page.Html.ShouldContain(Markup.Escape(evidence.Claim.Source[1..]));
            s_page.Html.ShouldContain($"{evidence.Subject}</th>");
            s_page.Html.ShouldContain($"<b>{evidence.Verdict}</b>");
        }

        foreach (string problem in Fixtures.After.Problems)
            s_page.Html.ShouldContain(Markup.Escape(problem));
        s_page.Html.ShouldContain("expected Refuted");
    }

    [Fact]
    public void It_asks_for_nothing_and_runs_nothing()
    {
        s_page.Html.ShouldNotContain("<script");
        s_page.Html.ShouldNotContain("<img");
        Addresses().Matches(s_page.Html).Select(match => match.Groups["address"].Value).ShouldAllBe(address => address.StartsWith('#') || address == "data:,");
        s_page.Html.ShouldNotContain("@import");
        s_page.Html.ShouldNotContain("url(");
    }

    [Fact]
    public void Every_kind_of_picture_is_there()
    {
        string[] names = [.. s_page.Pictures.Select(picture => picture.Name)];
        names.ShouldBeUnique();
        names.ShouldContain("C1-english-pivot");
        names.ShouldContain("C2-english-pivot-C2-neurons-of");
        names.ShouldContain("C1-effect-middle-first");
        names.ShouldContain("C1-power-middle-first");
        names.ShouldContain(name => name.StartsWith("G2-planted-positive-P", StringComparison.Ordinal));
        names.ShouldContain("T2-planted-positive-loss-by-language-switched-off-and-language-tested");
        names.ShouldContain("K2-english-pivot-overlap");
        names.ShouldContain("PLND-english-pivot");
    }

    [Fact]
    public void A_drawing_is_a_file_of_its_own_with_title_marks_and_numbers()
    {
        foreach (Picture picture in s_page.Pictures)
        {
            XElement svg = XDocument.Parse(picture.ToSvg()).Root!;
            svg.Elements().First().Value.ShouldBe(picture.Title);
            svg.Descendants().ShouldContain(element => (element.Attribute("class") != null) && element.Attribute("class")!.Value.Split(' ').Contains("mark"), picture.Name);
            picture.Table.Rows.ShouldNotBeEmpty(picture.Name);
            picture.Table.Rows.ShouldAllBe(row => row.Count == picture.Table.Head.Count, picture.Name);
        }
    }

    [Fact]
    public void The_same_evidence_gives_the_same_page() =>
        new ReportPage(Fixtures.After, Comparison.Of(Fixtures.Before, Fixtures.After)).Html.ShouldBe(s_page.Html);

    [Fact]
    public void Evidence_of_the_schema_before_makes_a_page_too() => new ReportPage(Fixtures.Before).Html.ShouldContain("holds only its hash");

    [Fact]
    public void No_evidence_makes_a_page_that_says_so() =>
        new ReportPage(new EvidenceFolder("none", [], ["x.json is not JSON at line 1."])).Html.ShouldContain("x.json is not JSON at line 1.");

    [GeneratedRegex("(href|src|srcset|action|data|poster)=\"(?<address>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Addresses();
}
