using System.Globalization;
using System.Text.Json.Nodes;
using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Subjects;
using MWork.Probes.Text;
using Spectre.Console;

namespace MWork.Cli.Commands;

/// <summary>What a model scores on a task or a text in files, language by language, each item with the hashes of what was asked.</summary>
internal static class PublishedEvaluation
{
    /// <summary>The name that asks for text to be predicted.</summary>
    public const string Perplexity = "perplexity";

    /// <summary>Tokens of a free answer, as in the paper's released code.</summary>
    public const int DefaultTokens = 512;

    /// <exception cref="TextFormatException">A file cannot be read.</exception>
    /// <exception cref="ArgumentException">No file or no language is there, or an item cannot be asked.</exception>
    public static int Run(
        Terminal terminal, EvaluationSettings settings, Func<Studied, NeuronSet?> off, int? threads, WeightPrecision? weights, bool json, CancellationToken cancellation)
    {
        // Read first: a path that is wrong is known before a model is loaded.
        AskedLanguage[] asked = [.. Files(settings).Select(file => AskedLanguage.Read(settings, file.Language, file.Path))];
        using Studied studied = Look.Load(terminal, settings.Model, threads, weights, json);
        NeuronSet? neurons = off(studied);
        SitePlan plan = neurons is null ? SitePlan.None : SitePlan.None.Zero(neurons);
        AskedLanguage[] possible = [.. asked.Select(language => language.Of(studied.Model))];
        ScoredLanguage[] scored = terminal.WhileCounting(
            $"{settings.Task}, items", possible.Sum(language => language.Count), json, bar =>
            {
                int before = 0;
                var rows = new List<ScoredLanguage>();
                foreach (AskedLanguage language in possible)
                {
                    rows.Add(language.Score(studied.Model, plan, new Offset(before, bar), cancellation));
                    before += language.Count;
                }

                return rows.ToArray();
            });
        if (json)
        {
            terminal.Write(new JsonObject
            {
                ["subject"] = studied.Name,
                ["weights"] = studied.Model.Hash,
                ["task"] = settings.Task,
                ["maxNewTokens"] = settings.Tokens,
                ["neuronsOff"] = neurons?.Count ?? 0,
                ["languages"] = new JsonArray([.. scored.Select(Json)]),
            });
            return ExitCodes.Success;
        }

        terminal.Console.Write(Table(settings, scored, neurons));
        foreach (string skipped in scored.SelectMany(language => language.Asked.Skipped))
        {
            terminal.Console.WriteLine($"Skipped: {skipped}");
        }

        return ExitCodes.Success;
    }

    private static IReadOnlyList<(string Language, string Path)> Files(EvaluationSettings settings)
    {
        string[]? named = settings.Languages?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var paths = new LanguagePaths(settings.Files);
        if (named is [var only] && paths[only] is null)
        {
            return [(only, settings.Files)];
        }

        if (paths["en"] is null)
        {
            throw new ArgumentException($"--files is one file, {settings.Files}; say its language, as in --languages fr, or put {{language}} in place of the code.");
        }

        IReadOnlyList<string> found = paths.Found();
        if (found.Count == 0)
        {
            throw new ArgumentException($"--files is {settings.Files}, and no file fits it; {{language}} stands for the code, such as fr.");
        }

        string? missing = named?.FirstOrDefault(code => !found.Contains(code, StringComparer.Ordinal));
        return missing is null
            ? [.. (named ?? found).Select(code => (code, paths[code]!))]
            : throw new ArgumentException($"--languages names '{missing}', for which {settings.Files} has no file; it has {string.Join(", ", found)}.");
    }

    private static Table Table(EvaluationSettings settings, ScoredLanguage[] scored, NeuronSet? neurons)
    {
        string[] figures = [.. scored[0].Figures.Keys];
        Table table = new Table().Border(TableBorder.Rounded).Title(neurons is null ? settings.Task : $"{settings.Task}, {neurons.Count} neurons off")
            .AddColumns(["Language", "Items", .. figures]);
        foreach (ScoredLanguage language in scored)
        {
            table.AddRow(
                [language.Asked.Language, Whole(language.Rows.Count), .. figures.Select(figure => language.Figures[figure].ToString("0.000", CultureInfo.InvariantCulture))]);
        }

        return table;
    }

    private static JsonObject Json(ScoredLanguage scored) => new()
    {
        ["language"] = scored.Asked.Language,
        ["file"] = Path.GetFileName(scored.Asked.Path),
        ["hash"] = scored.Asked.Hash,
        ["items"] = scored.Rows.Count,
        ["skipped"] = new JsonArray([.. scored.Asked.Skipped.Select(row => (JsonNode)row)]),
        ["figures"] = Json(scored.Figures),
        ["rows"] = new JsonArray([.. scored.Rows.Select(row => new JsonObject
        {
            ["id"] = row.Id,
            ["promptHash"] = row.PromptHash,
            ["targetHash"] = row.TargetHash,
            ["values"] = Json(row.Values),
        })]),
    };

    // JSON has neither NaN nor infinities.
    private static JsonObject Json(IReadOnlyDictionary<string, double> figures) => new(
        figures.Select(figure => KeyValuePair.Create<string, JsonNode?>(figure.Key, double.IsFinite(figure.Value) ? figure.Value : null)));

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Counts on from what the languages before have.</summary>
    private sealed class Offset(int before, IProgress<int>? bar) : IProgress<int>
    {
        public void Report(int value) => bar?.Report(before + value);
    }
}
