using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using MWork.Probes.Evidence;
using MWork.Probes.Models;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using Spectre.Console;

namespace MWork.Cli.Commands;

/// <summary>Says what would run here: backend, threads, vectors, memory, versions, fixtures.</summary>
internal static class DoctorCommand
{
    // Paths and lists wrap there: a pipe has no edge, and a terminal may be wider than anyone reads.
    private const int WidestTable = 100;

    private const double Gibi = 1L << 30;

    public static Command Create(Terminal terminal)
    {
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "doctor", "What would run on this machine, for a look before a run and for bug reports. Example: mwork doctor")
        {
            json,
        };
        command.SetAction(parsed => Run(terminal, parsed.GetValue(json)));
        return command;
    }

    private static int Run(Terminal terminal, bool json)
    {
        var versions = RunVersions.Current(Backends.Default.Name);
        string? folder = Fixtures.Folder;
        if (json)
        {
            terminal.Write(Json(versions, folder));
            return ExitCodes.Success;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("What", "Here");
        foreach ((string what, string here) in Rows(versions, folder))
        {
            table.AddRow(new Text(what), new Text(here));
        }

        terminal.Console.Write(table.Width(Math.Min(WidestTable, terminal.Console.Profile.Width)));
        return ExitCodes.Success;
    }

    private static JsonObject Json(RunVersions versions, string? folder)
    {
        var libraries = new JsonObject();
        foreach ((string name, string version) in Machine.Libraries())
        {
            libraries[name] = version;
        }

        var fixtures = new JsonObject();
        foreach ((string kind, string[] names) in Embedded(folder))
        {
            fixtures[kind] = new JsonArray([.. names.Select(name => (JsonNode)name)]);
        }

        return new JsonObject
        {
            ["mwork"] = versions.Library,
            ["commit"] = RunVersions.Commit,
            ["backends"] = new JsonArray([.. Backends.BuiltIn.Select(name => (JsonNode)name)]),
            ["backend"] = versions.Backend,
            ["threads"] = ManagedBackend.DefaultThreads,
            ["weights"] = CommonOptions.NameOf(ModelDirectory.DefaultPrecision),
            ["memoryBytes"] = Machine.Memory(),
            ["runtime"] = versions.Runtime,
            ["operatingSystem"] = versions.OperatingSystem,
            ["hardware"] = Machine.Hardware(),
            ["libraries"] = libraries,
            ["repository"] = Fixtures.Repository,
            ["fixtures"] = fixtures,
        };
    }

    private static IEnumerable<(string What, string Here)> Rows(RunVersions versions, string? folder)
    {
        yield return ("mwork", $"{versions.Library}, commit {RunVersions.Commit ?? "unknown"}");
        yield return ("backends", string.Join("; ", Backends.BuiltIn.Select(Described)));
        yield return ("chosen", $"{versions.Backend} ({Backends.Variable} and {Backends.DeviceVariable} change it)");
        yield return ("threads", string.Create(
            CultureInfo.InvariantCulture,
            $"{ManagedBackend.DefaultThreads} of {Environment.ProcessorCount} processors (MWORK_THREADS or --threads change it)"));
        yield return ("weights", $"{CommonOptions.NameOf(ModelDirectory.DefaultPrecision)} ({ModelDirectory.PrecisionVariable} changes it)");
        yield return ("vectors", Machine.Vectors());
        yield return ("memory", string.Create(CultureInfo.InvariantCulture, $"{Machine.Memory() / Gibi:0.0} GiB"));
        yield return ("runtime", versions.Runtime);
        yield return ("system", $"{versions.OperatingSystem}, {RuntimeInformation.ProcessArchitecture}");
        yield return ("libraries", string.Join(", ", Machine.Libraries().Select(library => $"{library.Name} {library.Version}")));
        yield return ("repository", Fixtures.Repository ?? "not found above the current directory; paths that begin with fixtures/ mean nothing here");
        foreach ((string kind, string[] names) in Embedded(folder))
        {
            yield return (kind, names.Length == 0 ? "none" : string.Join(", ", names));
        }
    }

    private static string Described(string backend)
    {
        if (backend == ManagedBackend.Shared.Name)
        {
            return "managed (CPU, the same bits everywhere)";
        }

        try
        {
            return $"{backend} ({string.Join(", ", Backends.Create(backend).Settings.Select(setting => $"{setting.Key} {setting.Value}"))})";
        }
        catch (ArgumentException error)
        {
            return $"{backend} (built in, but not to be had here: {error.Message})";
        }
    }

    private static IEnumerable<(string Kind, string[] Names)> Embedded(string? folder) => folder is null ? [] :
    [
        ("trained models", Entries(folder, "models", "config.json")),
        ("recipes", Files(folder, "recipes")),
        ("subjects", Files(folder, "subjects")),
        ("reference models", Entries(folder, Path.Combine("golden", "models"), "config.json")),
        ("reference tokenizers", Entries(folder, Path.Combine("golden", "tokenizers"), "expected.json")),
    ];

    private static string[] Entries(string fixtures, string folder, string marker)
    {
        string path = Path.Combine(fixtures, folder);
        return Directory.Exists(path)
            ? [.. Directory.GetDirectories(path)
                .Where(entry => File.Exists(Path.Combine(entry, marker)))
                .Select(entry => Path.GetFileName(entry))
                .Order(StringComparer.Ordinal)]
            : [];
    }

    private static string[] Files(string fixtures, string folder)
    {
        string path = Path.Combine(fixtures, folder);
        return Directory.Exists(path)
            ? [.. Directory.GetFiles(path, "*.json")
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Order(StringComparer.Ordinal)]
            : [];
    }
}
