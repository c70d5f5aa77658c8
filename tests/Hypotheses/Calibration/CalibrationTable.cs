using System.Globalization;
using System.Text;
using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using MWork.Probes.Subjects;
using MWork.Probes.Text;
using MWork.Testing;

namespace MWork.Hypotheses;

/// <summary>Error rates of every claim's criteria, as a table that <c>docs/calibration.md</c> holds.</summary>
internal static class CalibrationTable
{
    public const int Replicates = 400;

    private const ulong Seed = 20240229;

    /// <summary>The tabled rows and those whose rate of Supported at the bound is above the nominal one.</summary>
    public static (string Text, IReadOnlyList<string> Incompatible) Of(IReadOnlyList<string> subjects)
    {
        var text = new StringBuilder()
            .AppendLine("| Claim | Criterion | Subject | n | Supported at the bound | nominal | at twice the margin | detectable beyond the bound | interval holds the value |")
            .AppendLine("|---|---|---|---|---|---|---|---|---|");
        var incompatible = new List<string>();
        foreach ((Claim claim, _, Func<Subject, Measurement> measure) in MeasuredClaims.All)
        {
            foreach (string name in subjects)
            {
                Measurement measured = measure(SubjectCatalog.Get(name));
                foreach (Finding finding in measured.Findings.Where(finding => finding.Redraw is not null && finding.Verdict != Verdict.Invalid))
                {
                    var chance = new CounterRandom(Seed, $"calibration {claim.Id} {finding.Name} {name}");
                    var rates = Calibration.Of(finding, Replicates, chance);
                    text.AppendLine(Row(claim, finding, name, rates));
                    if (!rates.IsCompatible)
                    {
                        incompatible.Add($"{claim.Id} {finding.Name} on {name}");
                    }
                }
            }
        }

        return (text.ToString(), incompatible);
    }

    // Code that measures facts or makes intervals of them. What a model computes is in its weights' hash, and tests pin that the forward pass gives the same bits;
    // reports, tokenizers of other models, checkpoints and the harness's printing move no rate.
    private static readonly string[] s_measures =
    [
        .. ((string[])["Interventions", "Lenses", "Neurons", "Randomness", "Statistics", "Subjects/SmallWorld", "Tasks", "Training"]).Select(folder => $"src/MWork.Probes/{folder}"),
        "src/MWork.Probes/Evidence/Calibration.cs",
        .. ((string[])["Ablation", "Calibration", "Consistency", "Conversion", "Ease", "Enhancement", "KnowledgeLocalization", "ThinkingSeparation", "Translation"])
            .Select(folder => $"tests/Hypotheses/{folder}"),
        .. ((string[])["ControlledEffects", "ControlledSet", "FactEffects", "LanguageEffect", "LanguageNeurons", "PerFact", "TaskScores"])
            .Select(file => $"tests/Hypotheses/Harness/{file}.cs"),
    ];

    /// <summary>What the rates depend on: the code that measures, the protocols, the models and the text.</summary>
    public static string Key(IReadOnlyList<string> subjects)
    {
        IEnumerable<string> code = s_measures
            .Select(path => Path.Combine(Repository.Root, path))
            .SelectMany(path => File.Exists(path) ? [path] : Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .Select(file => $"{file} {ContentHash.Of(File.ReadAllText(Path.Combine(Repository.Root, file)))}");
        IEnumerable<string> protocols = MeasuredClaims.All.Select(entry => ContentHash.Of(ProtocolFile.Render(entry.Claim, entry.Protocol)));
        IEnumerable<string> models = subjects.Select(name => SubjectCatalog.Get(name)).SelectMany(subject => (string[])[subject.Model.Hash, subject.World.Hash]);
        return ContentHash.Combine(code.Concat(protocols).Concat(models));
    }

    private static string Row(Claim claim, Finding finding, string subject, Calibration rates) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {claim.Id} | {finding.Name} | {subject} | {finding.N} | {(rates.HasSpread ? Rate(rates.FalseSupport) : "no spread")} | {Number(rates.Nominal)} | {Rate(rates.Power)} | {Number(rates.SmallestDetectable)} | {Rate(rates.Coverage)} |");

    private static string Rate(SimulatedRate rate) => rate.Trials == 0
        ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{rate.Value:0.000} [{rate.Interval.Low:0.000}, {rate.Interval.High:0.000}]");

    private static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("0.###", CultureInfo.InvariantCulture);
}
