using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using MWork.Probes.Tensors.Managed;
using MWork.Probes.Training;

namespace MWork.Cli.Commands;

/// <summary>Prints one hash over everything that decides a result, to hold machines against each other.</summary>
internal static class DigestCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<int?> threads = CommonOptions.Threads();
        var compare = new Option<string?>("--compare")
        {
            Description = "A recorded digest; ends with 1 where this machine's differs, and names the parts.",
        };
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "digest",
            "One hash over random numbers, every operation and a small model's training: machines that print the same compute the "
            + "same bits. Example: mwork digest --compare fixtures/golden/digest.txt")
        {
            threads, compare, json,
        };
        command.SetAction(parsed => Run(terminal, parsed.GetValue(threads), parsed.GetValue(compare), parsed.GetValue(json)));
        return command;
    }

    private static int Run(Terminal terminal, int? threads, string? compare, bool json)
    {
        var clock = Stopwatch.StartNew();
        var digest = ComputationDigest.Compute(new ManagedBackend(threads));
        IReadOnlyList<string> differences = compare is null ? [] : digest.DifferencesFrom(compare);
        if (json)
        {
            terminal.Write(Json(digest, differences, clock.Elapsed));
        }
        else
        {
            terminal.Output.WriteLine(digest.Total);
            if (differences.Count > 0)
            {
                terminal.Error.WriteLine($"mwork: the digest differs from {compare} in {string.Join(", ", differences)}.");
            }
        }

        return differences.Count == 0 ? ExitCodes.Success : ExitCodes.Refuted;
    }

    private static JsonObject Json(ComputationDigest digest, IReadOnlyList<string> differences, TimeSpan time)
    {
        var parts = new JsonObject();
        foreach ((string name, string hash) in digest.Parts)
        {
            parts[name] = hash;
        }

        return new JsonObject
        {
            ["digest"] = digest.Total,
            ["parts"] = parts,
            ["differences"] = new JsonArray([.. differences.Select(name => (JsonNode)name)]),
            ["seconds"] = Math.Round(time.TotalSeconds, 2),
            ["hardware"] = Machine.Hardware(),
        };
    }
}
