using System.CommandLine;
using System.Text.Json.Nodes;
using MWork.Probes.Models;
using MWork.Probes.Subjects;

namespace MWork.Cli.Commands;

/// <summary>Subjects' files.</summary>
internal static class SubjectCommand
{
    public static Command Create(Terminal terminal) => new("subject", "Subjects' files. Example: mwork subject init --help") { Init(terminal) };

    private static Command Init(Terminal terminal)
    {
        var checkpoint = new Argument<string>("directory") { Description = "A checkpoint's directory, with its tokenizer." };
        var text = new Option<string?>("--text") { Description = "A folder with one UTF-8 file per language, such as fr.txt, a document a line." };
        var world = new Option<string?>("--world") { Description = "The directory of the small world that it was trained on; claims need one." };
        var languages = new Option<string?>("--languages") { Description = "Codes, with commas (those of the text's files, or of the world's words that it knows)." };
        var pivot = new Option<string?>("--pivot") { Description = "The language held to be central (en)." };
        var name = new Option<string?>("--name") { Description = "The subject's name (the directory's)." };
        Option<string?> output = new Option<string?>("--out") { Description = "The file to write (NAME.json, here)." }.WritesFile();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "init",
            "Write a subject's file for a checkpoint: languages, zones by rule of thumb, where its text is. Look it over before anything is measured. "
            + "Example: mwork subject init fixtures/models/english-pivot --world fixtures/world --name mine --out artifacts/mine.json")
        {
            checkpoint, text, world, languages, pivot, name, output, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(text) is null && result.GetResult(world) is null)
            {
                result.AddError("Nothing says where its text is: give --text or --world");
            }
        });
        command.SetAction(parsed =>
        {
            string directory = parsed.GetRequiredValue(checkpoint);
            string called = parsed.GetValue(name) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
            string path = parsed.GetValue(output) ?? $"{called}.json";
            SubjectFile file = SubjectDraft.Write(
                directory, path, called, parsed.GetValue(world), parsed.GetValue(text),
                parsed.GetValue(languages)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), parsed.GetValue(pivot));
            Show(terminal, file, path, ModelDirectory.ReadConfig(directory).Layers, parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Show(Terminal terminal, SubjectFile file, string path, int layers, bool json)
    {
        if (json)
        {
            terminal.Write(new JsonObject { ["file"] = path, ["subject"] = JsonNode.Parse(file.ToJson()) });
            return;
        }

        int to = file.Zones.SolvingTo(layers);
        terminal.Output.WriteLine(
            $"{path}: {string.Join(", ", file.Languages)}, pivot {file.Pivot}; understanding 0 to {file.Zones.SolvingFrom - 1}, "
            + $"task-solving {file.Zones.SolvingFrom} to {to - 1}, generation {to} to {layers - 1}.");
        terminal.Output.WriteLine("The zones are a rule of thumb: replace them and their source before any claim is run (docs/subjects.md).");
    }
}
