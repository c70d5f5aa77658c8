using MWork.Probes.Evidence;

namespace MWork.Probes.Report;

/// <summary>All evidence below a folder, and one sentence for each file that is none.</summary>
public sealed record EvidenceFolder(string Path, IReadOnlyList<Evidence.Evidence> Evidence, IReadOnlyList<string> Problems)
{
    /// <summary>Reads what can be read; empty if the folder does not exist.</summary>
    public static EvidenceFolder Read(string path)
    {
        var evidence = new List<Evidence.Evidence>();
        var problems = new List<string>();
        var seen = new Dictionary<(string, string), string>();
        string[] files = Directory.Exists(path) ? Directory.GetFiles(path, "*.json", SearchOption.AllDirectories) : [];
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            string name = System.IO.Path.GetRelativePath(path, file).Replace('\\', '/');
            try
            {
                Evidence.Evidence read = EvidenceJson.Read(File.ReadAllText(file), name);
                if (HasHole(read))
                    problems.Add($"{name}: a list holds null in place of an entry.");
                else if (!seen.TryAdd((read.Claim.Id, read.Subject), name))
                    problems.Add($"{name}: {read.Claim.Id} on {read.Subject} is in {seen[(read.Claim.Id, read.Subject)]} already; that file is shown.");
                else
                    evidence.Add(read);
            }
            catch (EvidenceException unreadable)
            {
                problems.Add(unreadable.Message);
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                problems.Add($"{name} cannot be read: {unreadable.Message}");
            }
        }

        return new EvidenceFolder(path, evidence, problems);
    }

    // The reader of JSON checks that a list is there, and not what is in it.
    private static bool HasHole(Evidence.Evidence evidence) =>
        evidence.Claim.Criteria.Contains(null!) || evidence.Findings.Contains(null!) || evidence.Samples.Contains(null!)
        || evidence.Findings.Any(finding => finding.Rows.Contains(null!))
        || evidence.Curves.Contains(null!) || evidence.Curves.Any(curve => curve.Points.Contains(null!))
        || (evidence.Setting?.Languages.Contains(null!) ?? false)
        || (evidence.Grids is { } grids && (grids.Contains(null!) || grids.Any(grid => grid.Values.Contains(null!) || grid.Rows.Contains(null!) || grid.Columns.Contains(null!))))
        || (evidence.Nulls is { } nulls && (nulls.Contains(null!) || nulls.Any(band => band.Quantiles is null)));
}
