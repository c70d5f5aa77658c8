using MWork.Probes.Text.Published;
using Shouldly;

namespace MWork.Regression.Text;

/// <summary>
/// The published files themselves, which are not in the repository: MWORK_TASKS names a folder with clones of them
/// (docs/text-and-tasks.md). Row counts are those of the publications.
/// </summary>
public sealed class RealFileTests
{
    public static TheoryData<string, string, int> Files => new()
    {
        { "mgsm", "mgsm_*.tsv", 250 },
        { "xquad", "xquad.*.json", 1190 },
        { "xcopa", "test.*.jsonl", 500 },
        { "xcopa", "val.*.jsonl", 100 },
        { "bmlama", "BMLAMA17/*.tsv", 6792 },
        { "bmlama", "BMLAMA53/*.tsv", 3070 },
        { "ntrex", "newstest2019-*.txt", 1997 },
    };

    [PublishedFilesTheory]
    [MemberData(nameof(Files))]
    public void Published_files_load_without_change(string task, string pattern, int rows)
    {
        string[] parts = pattern.Split('/');
        string[] found = [.. Directory.EnumerateFiles(PublishedFilesTheoryAttribute.Folder!, parts[^1], SearchOption.AllDirectories)
            .Where(file => parts.Length == 1 || Path.GetFileName(Path.GetDirectoryName(file)) == parts[0])];
        found.ShouldNotBeEmpty();
        foreach (string file in found)
        {
            int count = task switch
            {
                "mgsm" => MgsmItem.Read(file).Count,
                "xquad" => XquadItem.Read(file).Count,
                "xcopa" => XcopaItem.Read(file).Count,
                "bmlama" => BmlamaItem.Read(file).Count,
                _ => NtrexLine.Read(file).Count,
            };
            count.ShouldBe(rows, file);
        }
    }
}

/// <summary>A theory over the published files, skipped where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PublishedFilesTheoryAttribute : TheoryAttribute
{
    public PublishedFilesTheoryAttribute() => Skip = Folder is null ? "MWORK_TASKS names no folder with published task files." : null;

    public static string? Folder { get; } = Environment.GetEnvironmentVariable("MWORK_TASKS");
}
