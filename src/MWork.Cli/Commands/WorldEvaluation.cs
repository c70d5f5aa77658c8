using System.Globalization;
using System.Text.Json.Nodes;
using MWork.Probes.Lenses;
using MWork.Probes.Models;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Tasks;
using MWork.Probes.Text;
using MWork.Probes.Training;
using Spectre.Console;

namespace MWork.Cli.Commands;

/// <summary>What a small model can do and what its lens shows, on the selection facts: the figures by which recipes are chosen.</summary>
internal static class WorldEvaluation
{
    private const int TopTokens = 10;

    /// <exception cref="WorldFormatException">The world cannot be read.</exception>
    /// <exception cref="SubjectException">It is a planted model, which no recipe made.</exception>
    public static int Run(Terminal terminal, string name, string worldPath, bool json, CancellationToken cancellation)
    {
        var world = World.Load(worldPath);
        using Studied studied = Look.Load(terminal, name, threads: null, weights: null, json);
        LanguageModel model = studied.Model;
        var recipe = Recipe.Load(Path.Combine(
            studied.Checkpoint ?? throw new SubjectException($"{name} is a planted model and was not trained on the small world; name a model that was, or a --task."),
            "recipe.json"));
        Language[] languages = [.. recipe.Text.LanguageShares.Keys.Select(world.Language)];
        var tokens = SmallWorldTokens.Of(world, model.Tokenizer, languages);
        var holding = new Holding(world, recipe.Text);
        Row[] rows = terminal.WhileCounting("languages", languages.Length, json, bar => languages.Select((language, done) =>
        {
            cancellation.ThrowIfCancellationRequested();
            Prompt[] shared = Ask(world.Facts.Where(fact => fact.Split == Use.Selection && holding.IsShared(fact)));
            Prompt[] withheld = Ask(world.Facts.Where(holding.IsPivotOnly));
            LensShares shares = LensShares.Measure(
                model, [.. shared.Select(p => model.Tokenizer.Encode(p.Text))], tokens, TopTokens, new LensView(LogitLens.Normed))[0];
            var row = new Row(
                language,
                Accuracy(model, shared),
                Accuracy(model, withheld),
                withheld.Length == 0 ? double.NaN : withheld.Average(p => p.Chance),
                Accuracy(model, Ask(holding.OwnFactsOf(language))),
                [.. languages.Select((_, l) => Enumerable.Range(0, shares.Layers)
                    .Select(layer => Enumerable.Range(0, shares.Prompts).Average(i => shares[i, layer, l])).ToArray())]);
            bar?.Report(done + 1);
            return row;

            Prompt[] Ask(IEnumerable<Fact> facts) => [.. facts.Select(fact => world.Prompt(fact, language, Use.Selection))];
        }).ToArray());

        if (json)
        {
            terminal.Write(Json(name, model, languages, rows));
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

    private static JsonObject Json(string name, LanguageModel model, Language[] languages, IReadOnlyList<Row> rows) => new()
    {
        ["model"] = name,
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
