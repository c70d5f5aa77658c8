using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Text;

namespace MWork.Regression.Worlds;

/// <summary>The committed world, loaded once, and regimes over it.</summary>
internal static class SmallWorld
{
    private static readonly Lazy<World> Loaded = new(() => World.Load(Directory));

    public static string Directory => Path.Combine(Root(), "fixtures", "world");

    public static World World => Loaded.Value;

    /// <summary>The languages that are not another one in other letters.</summary>
    public static IReadOnlyList<Language> Natural => [.. World.Languages.Where(language => language.VariantOf is null)];

    public static TextRegime Regime => new()
    {
        Name = "test",
        Pivot = "en",
        LanguageShares = new Dictionary<string, double> { ["en"] = 0.4, ["fr"] = 0.2, ["zh"] = 0.15, ["vi"] = 0.15, ["ur"] = 0.1 },
        CodeSwitchRate = 0.3,
        CodeSwitchWithheld = true,
        SequencesPerStep = 128,
    };

    private static string Root()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "MWork.Hypotheses.sln")))
        {
            directory = Path.GetDirectoryName(directory);
        }

        return directory ?? throw new InvalidOperationException("The tests run from within the repository.");
    }
}
