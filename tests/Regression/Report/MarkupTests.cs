using System.Xml;
using System.Xml.Linq;
using FsCheck.Xunit;
using MWork.Probes.Report;
using Shouldly;

namespace MWork.Regression.Report;

public sealed class MarkupTests
{
    [Property(MaxTest = 500)]
    public void Any_text_stays_where_it_was_put(string? text)
    {
        var root = XElement.Parse(new Markup($"""<a b="{text}">{text}</a>""").ToString(), LoadOptions.PreserveWhitespace);
        root.Elements().ShouldBeEmpty();
        root.Attributes().Count().ShouldBe(1);
        root.Value.Length.ShouldBe((text ?? "").Length);
        root.Value.Zip(text ?? "").ShouldAllBe(pair => pair.First == pair.Second || pair.First == '\uFFFD' || pair.Second == '\r');
    }

    [Theory]
    [InlineData("<b>&'\"", "&lt;b&gt;&amp;&#39;&quot;")]
    [InlineData("سوال 你好 tiếng việt 😀", "سوال 你好 tiếng việt 😀")]
    [InlineData("a\0b\u001bc", "a\uFFFDb\uFFFDc")]
    public void Escaping_changes_only_what_it_must(string text, string escaped) => Markup.Escape(text).ShouldBe(escaped);

    [Fact]
    public void Half_a_character_becomes_a_mark()
    {
        string half = "a" + '\uD83D' + "b";
        Markup.Escape(half).ShouldBe("a\uFFFDb");
    }

    [Fact]
    public void Numbers_and_parts_are_written_as_they_are() =>
        new Markup($"""<p x="{1.25}" n="{12}">{new Markup($"<i>{"<"}</i>")}{(Markup?)null}</p>""").ToString().ShouldBe("""<p x="1.3" n="12"><i>&lt;</i></p>""");

    [Fact]
    public void A_name_that_closes_its_element_is_only_a_name()
    {
        Picture picture = new LineChart
        {
            Name = "n",
            Title = "</text></svg><script>",
            Description = "\"><x>",
            XLabel = "<x>",
            YLabel = "&",
            Series = [new ChartSeries("</text><script>", 1, [new ChartPoint(1, 0.5), new ChartPoint(2, double.NaN), new ChartPoint(3, 1)])],
        }.Draw();
        XElement svg = XDocument.Parse(picture.ToSvg()).Root!;
        svg.Descendants().Select(element => element.Name.LocalName).ShouldNotContain("script");
        svg.Elements().First(element => element.Name.LocalName == "title").Value.ShouldBe("</text></svg><script>");
        Should.NotThrow(() => XElement.Parse(picture.Inline().ToString()));
        Should.Throw<XmlException>(() => XElement.Parse("<svg></text></svg>"));
    }
}
