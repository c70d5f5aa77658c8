using System.Globalization;
using System.Text.Json.Nodes;
using MWork.Probes.Lenses;
using MWork.Probes.Models;
using MWork.Probes.Subjects;
using MWork.Probes.Tensors;
using Spectre.Console;

namespace MWork.Cli.Commands;

/// <summary>What the commands that look into a model share: loading it, and showing its tokens by language.</summary>
internal static class Look
{
    private static readonly Color[] s_colours =
        [Color.DodgerBlue1, Color.Orange1, Color.MediumSpringGreen, Color.HotPink, Color.Yellow, Color.MediumPurple1, Color.Aqua];

    public static Studied Load(Terminal terminal, string name, int? threads, WeightPrecision? weights, bool json)
    {
        IBackend ops = Backends.Create(threads: threads);
        return terminal.WhileLoading(name, json, Loaded);

        Studied Loaded(IProgress<Probes.Models.Checkpoints.LoadProgress>? progress) =>
            Studied.Load(name, Fixtures.Subjects, ops, progress, weights);
    }

    /// <summary>A token with the code of its language, in the language's colour.</summary>
    public static Markup Token(Studied studied, int id, double emphasis = 1)
    {
        int language = studied.Tokens[id];
        string code = language < 0 ? "" : $" [dim]{Markup.Escape(studied.Tokens.Languages[language].Code)}[/]";
        string style = language < 0 ? "grey" : s_colours[language % s_colours.Length].ToMarkup();
        return new Markup($"[{style}{(emphasis >= 0.5 ? " bold" : "")}]{Markup.Escape(studied.Spell(id))}[/]{code}");
    }

    /// <summary>Which colour is which language.</summary>
    public static Markup Legend(TokenLanguages tokens) => new(string.Join("  ", tokens.Languages.Select(
        (language, i) => $"[{s_colours[i % s_colours.Length].ToMarkup()}]■[/] {Markup.Escape(language.Name)} ({Markup.Escape(language.Code)})")));

    public static JsonObject Json(Studied studied, int id) => new()
    {
        ["id"] = id,
        ["token"] = studied.Spell(id),
        ["language"] = studied.Tokens[id] is var language and >= 0 ? studied.Tokens.Languages[language].Code : null,
    };

    public static string Probability(double p) => p.ToString("0.000", CultureInfo.InvariantCulture);
}
