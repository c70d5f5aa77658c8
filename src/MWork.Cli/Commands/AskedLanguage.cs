using MWork.Probes.Evidence;
using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Models.Generation;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Cli.Commands;

/// <summary>What <c>mwork evaluate --task</c> was asked for.</summary>
/// <param name="Task">A name of <see cref="TaskFormat"/>, or <see cref="PublishedEvaluation.Perplexity"/>.</param>
/// <param name="Files">A pattern, or one file.</param>
/// <param name="Languages">Codes with commas; null for all that have a file.</param>
/// <param name="Items">How many to ask; null for all.</param>
/// <param name="Tokens">Of a free answer at most.</param>
/// <param name="Lenient">Whether what cannot be asked is skipped.</param>
internal sealed record EvaluationSettings(string Model, string Task, string Files, string? Languages, int? Items, int Tokens, bool Lenient);

/// <summary>What one language's file asks.</summary>
/// <param name="Samples">Of a task; empty where text is to be predicted.</param>
/// <param name="Documents">Of text; empty where a task is asked.</param>
/// <param name="Skipped">What was left out, a sentence each.</param>
internal sealed record AskedLanguage(
    EvaluationSettings Settings, string Language, string Path, IReadOnlyList<TaskSample> Samples, IReadOnlyList<TextDocument> Documents, IReadOnlyList<string> Skipped)
{
    private const string PerByte = "perplexity per byte";

    private TaskFormat? Format => TaskFormat.Find(Settings.Task);

    public int Count => Samples.Count + Documents.Count;

    /// <summary>One hash for all that is asked.</summary>
    public string Hash => ContentHash.Combine([.. Samples.Select(sample => sample.Hash), .. Documents.Select(document => document.Hash)]);

    public static AskedLanguage Read(EvaluationSettings settings, string language, string path)
    {
        MalformedRows malformed = settings.Lenient ? MalformedRows.Lenient() : MalformedRows.Strict;
        IReadOnlyList<TaskSample> samples = TaskFormat.Find(settings.Task)?.Read(path, language, malformed) ?? [];
        IReadOnlyList<TextDocument> documents = settings.Task == PublishedEvaluation.Perplexity ? TextSource.Open(language, path, malformed: malformed).Documents : [];
        return new AskedLanguage(
            settings, language, path, Chosen(samples, sample => sample.Id), Chosen(documents, document => document.Hash),
            [.. malformed.Skipped.Select(row => row.ToString())]);

        // The same items in every language, and in the order of the file.
        IReadOnlyList<T> Chosen<T>(IReadOnlyList<T> all, Func<T, string> id)
        {
            HashSet<string> chosen = [.. all.Select(id).OrderBy(ContentHash.Fraction).Take(settings.Items ?? int.MaxValue)];
            return [.. all.Where(item => chosen.Contains(id(item)))];
        }
    }

    /// <summary>Without what the model cannot be asked.</summary>
    public AskedLanguage Of(LanguageModel model)
    {
        string[] obstacles = [.. Samples.Select(sample => TaskEvaluation.Obstacle(model, Format!.Metric, sample) ?? "")];
        if (!Settings.Lenient && obstacles.FirstOrDefault(obstacle => obstacle.Length > 0) is { } first)
        {
            throw new ArgumentException($"{Path}: {first.TrimEnd('.')}; --lenient skips and counts such items.");
        }

        AskedLanguage possible = this with
        {
            Samples = [.. Samples.Zip(obstacles).Where(pair => pair.Second.Length == 0).Select(pair => pair.First)],
            Skipped = [.. Skipped, .. obstacles.Where(obstacle => obstacle.Length > 0).Select(obstacle => $"{Path}: {obstacle}")],
        };
        return possible.Count > 0 ? possible : throw new ArgumentException($"{Path}: nothing in it can be asked; {possible.Skipped[^1]}");
    }

    public ScoredLanguage Score(LanguageModel model, SitePlan plan, IProgress<int> progress, CancellationToken cancellation)
    {
        if (Format is { } format)
        {
            var result = TaskEvaluation.Measure(
                model, format.Metric, Samples, plan, new GenerationOptions { MaxNewTokens = Settings.Tokens }, progress, cancellation);
            return new ScoredLanguage(this, result.Rows, result.Means);
        }

        var texts = new List<Perplexity>();
        foreach (TextDocument document in Documents)
        {
            cancellation.ThrowIfCancellationRequested();
            texts.AddRange(Perplexity.Of(model, [document.Text], plan));
            progress.Report(texts.Count);
        }

        return new ScoredLanguage(
            this,
            [.. Documents.Zip(texts, (document, text) => SampleRow.Of(
                System.IO.Path.GetFileName(document.Place), "", document.Text, [new("bytes", text.Bytes), new("nats", text.Nats), new(PerByte, text.PerByte)]))],
            new Dictionary<string, double> { [PerByte] = Perplexity.Sum(texts).PerByte });
    }
}

/// <summary>What a model scored in one language.</summary>
/// <param name="Rows">One per item, with the hashes of its prompt and target.</param>
/// <param name="Figures">Of all items, by name.</param>
internal sealed record ScoredLanguage(AskedLanguage Asked, IReadOnlyList<SampleRow> Rows, IReadOnlyDictionary<string, double> Figures);
