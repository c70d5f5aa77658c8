using System.Globalization;
using MWork.Probes.Report;
using Shouldly;

namespace MWork.Regression.Report;

/// <summary>What is read can be read on either paper: 4.5 to 1, as WCAG 1.4.3 asks of text.</summary>
public sealed class PaletteTests
{
    private const double Enough = 4.5;

    public static TheoryData<string> Inks => [.. Palette.Text.Select(ink => ink.Name)];

    [Theory, MemberData(nameof(Inks))]
    public void Ink_stands_out_from_paper_and_shade(string name)
    {
        Ink ink = Find(name);
        foreach (Ink paper in (Ink[])[Palette.Paper, Palette.Shade])
        {
            Contrast(Rgb(ink.Light), Rgb(paper.Light)).ShouldBeGreaterThan(Enough, $"{name} on {paper.Name}, light");
            Contrast(Rgb(ink.Dark), Rgb(paper.Dark)).ShouldBeGreaterThan(Enough, $"{name} on {paper.Name}, dark");
        }
    }

    [Theory]
    [InlineData("s1", MatrixChart.Darkest)]
    [InlineData("s2", MatrixChart.Darkest)]
    [InlineData("s1", LensGrid.Darkest)]
    [InlineData("s2", LensGrid.Darkest)]
    [InlineData("s3", LensGrid.Darkest)]
    [InlineData("s4", LensGrid.Darkest)]
    [InlineData("s5", LensGrid.Darkest)]
    [InlineData("s6", LensGrid.Darkest)]
    public void What_is_read_stands_out_from_the_darkest_cell(string shade, double darkest)
    {
        Contrast(Rgb(Find("ink").Light), Over(Rgb(Find(shade).Light), Rgb(Palette.Paper.Light), darkest)).ShouldBeGreaterThan(Enough);
        Contrast(Rgb(Find("ink").Dark), Over(Rgb(Find(shade).Dark), Rgb(Palette.Paper.Dark), darkest)).ShouldBeGreaterThan(Enough);
    }

    private static Ink Find(string name) => Palette.Text.Single(ink => ink.Name == name);

    private static double[] Over(double[] ink, double[] paper, double share) => [.. ink.Zip(paper, (i, p) => (share * i) + ((1 - share) * p))];

    private static double[] Rgb(string colour) =>
        [.. Enumerable.Range(0, 3).Select(i => int.Parse(colour.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)];

    private static double Contrast(double[] first, double[] second)
    {
        double[] luminance = [.. ((double[][])[first, second]).Select(Luminance).Order()];
        return (luminance[1] + 0.05) / (luminance[0] + 0.05);
    }

    private static double Luminance(double[] rgb)
    {
        double[] linear = [.. rgb.Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }
}
