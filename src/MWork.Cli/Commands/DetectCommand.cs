using System.CommandLine;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Neurons.Detection;
using MWork.Probes.Subjects;
using MWork.Probes.Text;

namespace MWork.Cli.Commands;

/// <summary>Finds the neurons of languages and writes them with what they came from; may be killed and started again.</summary>
internal static class DetectCommand
{
    private const string SmallWorld = "small-world";

    // The selection that the claims use: 24 documents of 64 tokens in which a neuron must be important each time.
    private const int WorldDocuments = 24;
    private const int WorldTokens = 64;
    private const ulong WorldSeed = 20240229;
    private const int OwnTextTokens = 512;
    private const double DefaultSaveEvery = 10;

    public static Command Create(Terminal terminal)
    {
        Argument<string> subject = CommonOptions.Model();
        Option<string> output = new Option<string>("--out") { Description = "The directory of this run; made, or gone on with.", Required = true }.WritesDirectory();
        var text = new Option<string?>("--text")
        {
            Description = $"A folder with one UTF-8 file per language, such as fr.txt, a document a line; or {SmallWorld}. "
                + "Without it, the text that the subject's file names.",
        };
        var method = new Option<string>("--method")
        {
            Description = "plnd (as the paper describes it), plnd-released (as its code does it), lape or ap (average precision).",
            DefaultValueFactory = _ => "plnd",
        };
        method.AcceptOnlyFromAmong([.. Detector.Methods]);
        Option<double?> share = CommonOptions.Number<double>(
            "--share", "plnd: of a layer's matrix, important in a document (0.1); lape: of all FFN neurons, kept (0.01); ap: of all FFN neurons, per language (0.01).",
            n => n is > 0 and <= 1, "a number above 0 and at most 1");
        var matrices = new Option<NeuronMatrix[]?>("--matrices")
        {
            Description = "What plnd measures, with commas: ffn, query, key, value, output (all; attention costs ten times as much as ffn).",
            CustomParser = result =>
            {
                NeuronMatrix?[] named = [.. result.Tokens[^1].Value.Split(',').Select(NeuronList.Matrix)];
                if (named.All(matrix => matrix is not null))
                {
                    return [.. named.Select(matrix => matrix!.Value)];
                }

                result.AddError($"--matrices is '{result.Tokens[^1].Value}' but must name some of ffn, query, key, value, output, with commas");
                return null;
            },
        };
        var pivot = new Option<string?>("--pivot") { Description = "The language held to be central (the subject's; en)." };
        Option<int?> documents = CommonOptions.Number<int>(
            "--documents", $"Documents per language ({WorldDocuments} of the small world; of a folder as many as its shortest file has).", n => n >= 1, CommonOptions.AtLeastOne);
        Option<int?> tokens = CommonOptions.Number<int>(
            "--tokens", $"Tokens per document at most ({WorldTokens}; {OwnTextTokens} of a folder's).", n => n >= 2, "a whole number of at least 2");
        var shard = new Option<Shard?>("--shard")
        {
            Description = "Measure one part of the documents, such as 2/8; mwork merge puts the parts together.",
            CustomParser = result =>
            {
                if (Shard.Parse(result.Tokens[^1].Value) is { } part)
                {
                    return part;
                }

                result.AddError($"--shard is '{result.Tokens[^1].Value}' but must be a part and how many there are, such as 2/8");
                return null;
            },
        };
        Option<double?> saveEvery = CommonOptions.Number<double>(
            "--save-every", $"Seconds of work that a kill may cost ({DefaultSaveEvery:0}); 0 puts down every batch.", n => n >= 0 && n <= 86400, "a number from 0 to 86400");
        Option<int?> threads = CommonOptions.Threads();
        Option<WeightPrecision?> weights = CommonOptions.Weights();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "detect",
            "Find the neurons of languages. May be killed at any moment: the same command goes on, and ends with the same bits. "
            + "Example: mwork detect english-pivot --method lape --out artifacts/english-pivot-lape")
        {
            subject, output, text, method, share, matrices, pivot, documents, tokens, shard, saveEvery, threads, weights, json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            terminal,
            new Settings(
                parsed.GetRequiredValue(subject), parsed.GetRequiredValue(output), parsed.GetValue(text), parsed.GetRequiredValue(method),
                parsed.GetValue(share), parsed.GetValue(matrices) is { Length: > 0 } named ? named : null, parsed.GetValue(pivot), parsed.GetValue(documents), parsed.GetValue(tokens),
                parsed.GetValue(shard) ?? Shard.Whole, TimeSpan.FromSeconds(parsed.GetValue(saveEvery) ?? DefaultSaveEvery)),
            parsed.GetValue(threads), parsed.GetValue(weights), parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(
        Terminal terminal, Settings settings, int? threads, WeightPrecision? weights, bool json, CancellationToken cancellation)
    {
        using Studied studied = Look.Load(terminal, settings.Subject, threads, weights, json);
        var detector = Detector.Create(settings.Method, studied.Model.Decoder.Config, settings.Share, settings.Matrices);
        IReadOnlyList<Document> text = Text(studied, settings);
        int total = settings.Shard.SizeOf(text.Count);
        int done = 0;
        NeuronSetFile? found;
        try
        {
            found = terminal.WhileCounting($"{settings.Method}, documents", total, json, Measure);
        }
        catch (OperationCanceledException)
        {
            throw new InterruptedException(
                $"Interrupted; {done} of {total} documents are counted in {settings.Output}, and the same command goes on from there.");
        }

        NeuronTable.Show(terminal, found, settings.Output, $"{total} documents of shard {settings.Shard}", studied.Model.Decoder.Config.Layers, json);
        return ExitCodes.Success;

        NeuronSetFile? Measure(IProgress<int>? bar) => DetectionRun.Run(
            studied.Model, detector, text, settings.Pivot ?? studied.Pivot ?? "en", settings.Shard, settings.Output, settings.SaveEvery,
            new Counted(value =>
            {
                done = value;
                bar?.Report(value);
            }),
            cancellation);
    }

    private static IReadOnlyList<Document> Text(Studied studied, Settings settings)
    {
        int positions = studied.Model.Decoder.Config.MaxPositions;
        IReadOnlyDictionary<string, TextSource>? own = settings.Text switch
        {
            null => studied.Text,
            SmallWorld => null,
            var folder => TextFolder.Open(folder).Sources,
        };
        if (own is not null)
        {
            return DetectionText.Read(own, studied.Model.Tokenizer, Math.Min(settings.Tokens ?? OwnTextTokens, positions), settings.Documents);
        }

        if (studied.Subject is not { } subject || !studied.IsOfWorld)
        {
            throw new ArgumentException(settings.Text is null
                ? $"Nothing says what text {studied.Name} reads; name a folder with --text, with one file per language, such as fr.txt."
                : $"{studied.Name} has no small world; name a folder with --text, with one file per language, such as fr.txt.");
        }

        IReadOnlyList<Document>[] languages = [.. subject.Languages.Select(language => subject.Text.SelectionDocuments(
            language, settings.Documents ?? WorldDocuments, Math.Min(settings.Tokens ?? WorldTokens, positions), WorldSeed))];
        return [.. Enumerable.Range(0, languages[0].Count).SelectMany(i => languages.Select(language => language[i]))];
    }

    private sealed record Settings(
        string Subject, string Output, string? Text, string Method, double? Share, NeuronMatrix[]? Matrices, string? Pivot, int? Documents,
        int? Tokens, Shard Shard, TimeSpan SaveEvery);

    private sealed class Counted(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
