using System.Text;

namespace MWork.Probes.Report;

/// <summary>The report on disk: <c>index.html</c> and every drawing as an SVG beside it.</summary>
public static class ReportWriter
{
    public const string PageName = "index.html";

    /// <summary>Renders a page and writes it, each file in whole or not at all.</summary>
    /// <returns>The path of the page.</returns>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static string Write(string folder, EvidenceFolder evidence, Comparison? comparison = null)
    {
        var page = new ReportPage(evidence, comparison);
        Directory.CreateDirectory(folder);
        foreach (Picture picture in page.Pictures)
            WriteWhole(Path.Combine(folder, picture.Name + ".svg"), picture.ToSvg());
        string path = Path.Combine(folder, PageName);
        WriteWhole(path, page.Html);
        return path;
    }

    /// <summary>Writes a text under a temporary name and moves it: a reader never meets half a file.</summary>
    public static void WriteWhole(string path, string text)
    {
        string unfinished = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(unfinished, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
