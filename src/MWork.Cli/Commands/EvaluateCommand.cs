using System.CommandLine;
using System.Globalization;
using MWork.Probes.Lenses;
using MWork.Probes.Models;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Tasks;
using MWork.Probes.Tensors;
using MWork.Probes.Text;
using MWork.Probes.Training;
using Spectre.Console;

namespace MWork.Cli.Commands;

/// <summary>What a small model can do and what its lens shows, on the selection facts: the figures by which recipes are chosen.</summary>
internal static class EvaluateCommand
{
    private const int TopTokens = 10;

    public static Command Create(Terminal terminal)
    {
        var directory = new Argument<string>("model") { Description = "A small model's directory." };
        Option<string> world = CommonOptions.World();
        var command = new Command(
            "evaluate",
            "Accuracy and lens shares of a small model on the selection facts. Example: mwork evaluate fixtures/models/english-pivot")
        {
            directory, world,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(
            Run(terminal, parsed.GetRequiredValue(directory), parsed.GetRequiredValue(world), cancellation)));
        return command;
    }

    private static int Run(Terminal terminal, string directory, string worldPath, CancellationToken cancellation)
    {
        var world = World.Load(worldPath);
        using LanguageModel model = terminal.WhileLoading(
            directory, progress => ModelDirectory.Load(directory, Backends.Default, progress));
        var recipe = Recipe.Load(Path.Combine(directory, "recipe.json"));
        Language[] languages = [.. recipe.Text.LanguageShares.Keys.Select(world.Language)];
        var tokens = SmallWorldTokens.Of(world, model.Tokenizer, languages);
        var holding = new Holding(world, recipe.Text);
        Table accuracy = new Table().Border(TableBorder.Rounded).Title("Share of facts answered right")
            .AddColumns("Language", "Shared", "Pivot only", "Chance", "Own");
        var lenses = new List<Table>();
        foreach (Language language in languages)
        {
            cancellation.ThrowIfCancellationRequested();
            Prompt[] shared = Ask(world.Facts.Where(fact => fact.Split == Use.Selection && holding.IsShared(fact)));
            Prompt[] withheld = Ask(world.Facts.Where(holding.IsPivotOnly));
            Prompt[] own = Ask(holding.OwnFactsOf(language));
            double chance = withheld.Length == 0 ? double.NaN : withheld.Average(p => p.Chance);
            accuracy.AddRow(
                language.Code,
                Number(Accuracy(model, shared)),
                Number(Accuracy(model, withheld)),
                Number(chance),
                Number(Accuracy(model, own)));
            LensShares shares = LensShares.Measure(
                model, [.. shared.Select(p => model.Tokenizer.Encode(p.Text))], tokens, TopTokens, new LensView(LogitLens.Normed))[0];
            lenses.Add(Lens(language, languages, shares));

            Prompt[] Ask(IEnumerable<Fact> facts) => [.. facts.Select(fact => world.Prompt(fact, language, Use.Selection))];
        }

        terminal.Console.Write(accuracy);
        lenses.ForEach(terminal.Console.Write);
        return ExitCodes.Success;
    }

    private static Table Lens(Language language, Language[] languages, LensShares shares)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title($"Lens shares by layer, prompts in {language.Code}").AddColumn("Tokens of");
        for (int layer = 0; layer < shares.Layers; layer++)
        {
            table.AddColumn(layer.ToString(CultureInfo.InvariantCulture));
        }

        for (int l = 0; l < languages.Length; l++)
        {
            string[] means = [.. Enumerable.Range(0, shares.Layers)
                .Select(layer => Number(Enumerable.Range(0, shares.Prompts).Average(i => shares[i, layer, l])))];
            table.AddRow([languages[l].Code, .. means]);
        }

        return table;
    }

    private static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("0.00", CultureInfo.InvariantCulture);

    private static double Accuracy(LanguageModel model, IReadOnlyList<Prompt> prompts) =>
        prompts.Count == 0 ? double.NaN : CandidateScores.Measure(model, prompts).Average(score => score.IsRight ? 1.0 : 0);
}
