using System.Text.Json.Nodes;
using MWork.Probes.Interventions;
using MWork.Probes.Subjects;
using Spectre.Console;

namespace MWork.Cli.Commands;

/// <summary>What a model says next, before and after an edit.</summary>
internal static class AnswerTable
{
    public const int DefaultTop = 5;

    /// <param name="edited">What was done, as the name of the second run.</param>
    public static Table Of(Studied studied, IReadOnlyList<AnswerChange> answers, string edited)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("Next token", "Clean", Markup.Escape(edited), "Change");
        foreach (AnswerChange answer in answers)
        {
            double change = answer.After - answer.Before;
            table.AddRow(
                Look.Token(studied, answer.Token, answer.Before),
                new Text(Look.Probability(answer.Before)),
                new Text(Look.Probability(answer.After)),
                new Markup($"[{(change < 0 ? "red" : "green")}]{(change < 0 ? "−" : "+")}{Look.Probability(Math.Abs(change))}[/]"));
        }

        return table;
    }

    public static JsonArray Json(Studied studied, IReadOnlyList<AnswerChange> answers) => new([.. answers.Select(answer =>
    {
        JsonObject json = Look.Json(studied, answer.Token);
        json["clean"] = answer.Before;
        json["edited"] = answer.After;
        return json;
    })]);
}
