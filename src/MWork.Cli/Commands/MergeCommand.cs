using System.CommandLine;
using MWork.Probes.Neurons;
using MWork.Probes.Neurons.Detection;

namespace MWork.Cli.Commands;

/// <summary>Puts the shards of a detection together.</summary>
internal static class MergeCommand
{
    public static Command Create(Terminal terminal)
    {
        var parts = new Argument<string[]>("parts")
        {
            Description = "The directories of all shards, in any order.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> output = new Option<string>("--out") { Description = "The directory that gets the whole.", Required = true }.WritesDirectory();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "merge",
            "Put the shards of mwork detect together: the files are those of a run that was never cut, bit for bit. "
            + "Example: mwork merge artifacts/shard-1 artifacts/shard-2 --out artifacts/neurons")
        {
            parts, output, json,
        };
        command.SetAction(parsed =>
        {
            string directory = parsed.GetRequiredValue(output);
            NeuronSetFile found = DetectionRun.Merge(parsed.GetRequiredValue(parts), directory);
            NeuronTable.Show(terminal, found, directory, "", layers: null, parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }
}
