using System.CommandLine;
using System.Text.Json.Nodes;
using MWork.Cli.Scaffold;

namespace MWork.Cli.Commands;

/// <summary>Files to begin with.</summary>
internal static class NewCommand
{
    public static Command Create(Terminal terminal) => new("new", "Files to begin with. Example: mwork new hypothesis --help") { Hypothesis(terminal) };

    private static Command Hypothesis(Terminal terminal)
    {
        var name = new Argument<string>("name") { Description = "The family's name, e.g. Recall: the value of its trait." };
        var claim = new Option<string?>("--claim") { Description = "The claim's id, e.g. R1 (the first of the name's letter that is free)." };
        var sentence = new Option<string>("--sentence")
        {
            Description = "What is claimed, in one sentence that could be false.",
            DefaultValueFactory = _ => "Asked in another language than the pivot, the model answers better than by guessing.",
        };
        var source = new Option<string>("--source") { Description = "Where the claim comes from.", DefaultValueFactory = _ => "this project" };
        var repository = new Option<string?>("--repository") { Description = "The repository's folder (the one around the current directory)." };
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "hypothesis",
            "Write a test that compiles, a statistic to replace, and the protocol; docs/add-a-hypothesis.md says how to go on. "
            + "Example: mwork new hypothesis Recall --claim R1 --sentence \"Facts are recalled in every language.\"")
        {
            name, claim, sentence, source, repository, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(name) is { } called && !HypothesisScaffold.IsName(called))
            {
                result.AddError($"The name is '{called}' but must be letters and digits, and begin with a capital, such as Recall");
            }
            else if (result.GetValue(claim) is { } id && !HypothesisScaffold.IsId(id))
            {
                result.AddError($"--claim is '{id}' but must be a capital and a number, such as R1");
            }
            else if (new[] { sentence, source }.FirstOrDefault(
                option => result.GetResult(option)?.Tokens is [.., var given] && (given.Value.Length == 0 || given.Value.Any(char.IsControl))) is { } unfit)
            {
                result.AddError($"{unfit.Name} must be one line of text");
            }
        });
        command.SetAction(parsed =>
        {
            string family = parsed.GetRequiredValue(name);
            var scaffold = new HypothesisScaffold(
                family, parsed.GetValue(claim) ?? HypothesisScaffold.FreeId(family), parsed.GetRequiredValue(sentence), parsed.GetRequiredValue(source));
            string root = parsed.GetValue(repository) ?? Fixtures.Repository ?? throw new DirectoryNotFoundException(
                "There is no repository around the current directory; go there, or name its folder with --repository.");
            Show(terminal, scaffold, scaffold.Write(root), parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Show(Terminal terminal, HypothesisScaffold scaffold, IReadOnlyList<string> files, bool json)
    {
        if (json)
        {
            terminal.Write(new JsonObject
            {
                ["claim"] = scaffold.Id,
                ["family"] = scaffold.Name,
                ["files"] = new JsonArray([.. files.Select(file => (JsonNode)file)]),
            });
            return;
        }

        foreach (string file in files)
        {
            terminal.Output.WriteLine(file);
        }

        terminal.Output.WriteLine($"""

            Before anything is measured:
            1. add ("{scaffold.Id}", "{scaffold.Name}") to src/MWork.Probes/Evidence/KnownClaims.cs, and its row to docs/claims.md;
            2. replace the statistic and the region by the claim's; a change of a number or a region changes the protocol's file too;
            3. add "{scaffold.Id}" to "expect" in fixtures/subjects/*.json, planted-positive among them;
            4. dotnet test tests/Hypotheses --filter Claim={scaffold.Id}
            """);
    }
}
