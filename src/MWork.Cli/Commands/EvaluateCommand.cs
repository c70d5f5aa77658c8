using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
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
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "evaluate",
            "Accuracy and lens shares of a small model on the selection facts. Example: mwork evaluate fixtures/models/english-pivot")
        {
            directory, world, json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(
            Run(terminal, parsed.GetRequiredValue(directory), parsed.GetRequiredValue(world), parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(Terminal terminal, string directory, string worldPath, bool json, CancellationToken cancellation)
    {
        var world = World.Load(worldPath);
        using LanguageModel model = terminal.WhileLoading(directory, json, progress => ModelDirectory.Load(directory, Backends.Default, progress));
        var recipe = Recipe.Load(Path.Combine(directory, "recipe.json"));
        Language[] languages = [.. recipe.Text.LanguageShares.Keys.Select(world.Language)];
        var tokens = SmallWorldTokens.Of(world, model.Tokenizer, languages);
        var holding = new Holding(world, recipe.Text);
        var rows = new List<Row>();
        foreach (Language language in languages)
        {
            cancellation.ThrowIfCancellationRequested();
            Prompt[] shared = Ask(world.Facts.Where(fact => fact.Split == Use.Selection && holding.IsShared(fact)));
            Prompt[] withheld = Ask(world.Facts.Where(holding.IsPivotOnly));
            LensShares shares = LensShares.Measure(
                model, [.. shared.Select(p => model.Tokenizer.Encode(p.Text))], tokens, TopTokens, new LensView(LogitLens.Normed))[0];
            rows.Add(new Row(
                language,
                Accuracy(model, shared),
                Accuracy(model, withheld),
                withheld.Length == 0 ? double.NaN : withheld.Average(p => p.Chance),
                Accuracy(model, Ask(holding.OwnFactsOf(language))),
                [.. languages.Select((_, l) => Enumerable.Range(0, shares.Layers)
                    .Select(layer => Enumerable.Range(0, shares.Prompts).Average(i => shares[i, layer, l])).ToArray())]));

            Prompt[] Ask(IEnumerable<Fact> facts) => [.. facts.Select(fact => world.Prompt(fact, language, Use.Selection))];
        }

        if (json)
        {
            terminal.Write(Json(directory, model, languages, rows));
        }
        else
        {
            Show(terminal, languages, rows);
        }

        return ExitCodes.Success;
    }

    private static void Show(Terminal terminal, Language[] languages, IReadOnlyList<Row> rows)
    {
        Table accuracy = new Table().Border(TableBorder.Rounded).Title("Share of facts answered right")
            .AddColumns("Language", "Shared", "Pivot only", "Chance", "Own");
        foreach (Row row in rows)
        {
            accuracy.AddRow(row.Language.Code, Number(row.Shared), Number(row.PivotOnly), Number(row.Chance), Number(row.Own));
        }

        terminal.Console.Write(accuracy);
        foreach (Row row in rows)
        {
            Table lens = new Table().Border(TableBorder.Rounded).Title($"Lens shares by layer, prompts in {row.Language.Code}").AddColumn("Tokens of");
            lens.AddColumns([.. row.Lens[0].Select((_, layer) => layer.ToString(CultureInfo.InvariantCulture))]);
            foreach ((Language language, double[] shares) in languages.Zip(row.Lens))
            {
                lens.AddRow([language.Code, .. shares.Select(Number)]);
            }

            terminal.Console.Write(lens);
        }
    }

    private static JsonObject Json(string directory, LanguageModel model, Language[] languages, IReadOnlyList<Row> rows) => new()
    {
        ["model"] = directory,
        ["weights"] = model.Hash,
        ["languages"] = new JsonArray([.. rows.Select(row => new JsonObject
        {
            ["language"] = row.Language.Code,
            ["shared"] = Value(row.Shared),
            ["pivotOnly"] = Value(row.PivotOnly),
            ["chance"] = Value(row.Chance),
            ["own"] = Value(row.Own),
            ["lens"] = new JsonObject(languages.Zip(row.Lens, (language, shares) => KeyValuePair.Create<string, JsonNode?>(
                language.Code, new JsonArray([.. shares.Select(share => (JsonNode)share)])))),
        })]),
    };

    // JSON has no NaN.
    private static JsonNode? Value(double value) => double.IsNaN(value) ? null : value;

    private static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("0.00", CultureInfo.InvariantCulture);

    private static double Accuracy(LanguageModel model, IReadOnlyList<Prompt> prompts) =>
        prompts.Count == 0 ? double.NaN : CandidateScores.Measure(model, prompts).Average(score => score.IsRight ? 1.0 : 0);

    /// <param name="Lens">[language][layer].</param>
    private sealed record Row(Language Language, double Shared, double PivotOnly, double Chance, double Own, double[][] Lens);
}
