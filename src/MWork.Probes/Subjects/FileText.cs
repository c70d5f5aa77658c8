using MWork.Probes.Lenses;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Tasks;
using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Subjects;

/// <summary>Files as a subject's text. What selects and what tests is disjoint by hash.</summary>
public sealed class FileText : ISubjectText
{
    private readonly ITokenizer _tokenizer;
    private readonly Dictionary<string, TextSource> _selection;
    private readonly Dictionary<string, TextSource> _test;
    private readonly Dictionary<TaskKind, Dictionary<string, Prompt[]>> _prompts;
    private TokenLanguages? _tokens;

    private FileText(
        ITokenizer tokenizer,
        IReadOnlyList<Language> languages,
        Dictionary<string, TextSource> selection,
        Dictionary<string, TextSource> test,
        Dictionary<TaskKind, Dictionary<string, Prompt[]>> prompts,
        string hash) => (_tokenizer, Languages, _selection, _test, _prompts, Hash) = (tokenizer, languages, selection, test, prompts, hash);

    public string Hash { get; }

    public IReadOnlyList<Language> Languages { get; }

    public TokenLanguages Tokens => _tokens ??= CorpusTokens.Of(
        _tokenizer, Languages, language => _selection[language.Code].Documents.Select(document => document.Text));

    /// <summary>What neurons are found on, by code.</summary>
    public IReadOnlyDictionary<string, TextSource> Selection => _selection;

    /// <summary>Reads what a subject's file names, and checks that nothing selects and tests.</summary>
    /// <param name="path">The subject's file, for messages and because paths are relative to it.</param>
    /// <exception cref="SubjectException">A text is on both sides, or no item of a task is in all languages.</exception>
    /// <exception cref="TextFormatException">A file cannot be read.</exception>
    public static FileText Load(string path, SubjectFile file, ITokenizer tokenizer)
    {
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Dictionary<string, TextSource> selection = Open(file.Text!.Selection);
        Dictionary<string, TextSource> test = file.Text.Test is { } paths ? Open(paths) : [];
        Dictionary<string, string> selects = selection.Values.SelectMany(source => source.Documents)
            .DistinctBy(document => document.Hash).ToDictionary(document => document.Hash, document => document.Place, StringComparer.Ordinal);
        Refuse("text.test", test.Values.SelectMany(source => source.Documents).Select(document => (document.Hash, document.Place)));
        var samples = new List<string>();
        var prompts = new Dictionary<TaskKind, Dictionary<string, Prompt[]>>();
        Add(TaskKind.Knowledge, "tasks.knowledge", file.Tasks?.Knowledge);
        Add(TaskKind.Reasoning, "tasks.reasoning", file.Tasks?.Reasoning);
        string hash = ContentHash.Combine([.. Hashes("selection", selection), .. Hashes("test", test), .. samples]);
        return new FileText(tokenizer, [.. file.Languages.Select(Language.OfCode)], selection, test, prompts, hash);

        Dictionary<string, TextSource> Open(LanguagePaths paths) => file.Languages.ToDictionary(
            code => code, code => TextSource.Open(code, Path.Combine(directory, paths[code]!), file.Text.Field), StringComparer.Ordinal);

        static IEnumerable<string> Hashes(string use, Dictionary<string, TextSource> sources) =>
            sources.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{use} {pair.Key}:{pair.Value.Hash}");

        void Refuse(string field, IEnumerable<(string Hash, string Place)> tested)
        {
            foreach ((string hash, string place) in tested)
            {
                if (selects.TryGetValue(hash, out string? twin))
                {
                    throw new SubjectException($"{path}: field '{field}': {place} is also selection text ({twin}); what selects may not test, so take it out of one of them.");
                }
            }
        }

        void Add(TaskKind kind, string field, TaskFiles? task)
        {
            if (task is null)
            {
                return;
            }

            TaskFormat format = TaskFormat.Find(task.Format)!;
            Dictionary<string, TaskSample[]> read = file.Languages.ToDictionary(
                code => code, code => format.Read(Path.Combine(directory, task.Files[code]!), code).Where(sample => sample.IsChoice).ToArray(), StringComparer.Ordinal);
            TaskSample[][] asked = Aligned([.. read.Values], task.Items);
            if (asked[0].Length == 0)
            {
                throw new SubjectException($"{path}: field '{field}': no item is in the files of all languages; take files of one release.");
            }

            Refuse(field, asked.SelectMany(language => language).SelectMany(sample => new[] { sample.Prompt, sample.With(sample.Target) }
                .Select(text => (ContentHash.Of(text), $"'{sample.Id}' in {sample.Language}"))));
            samples.AddRange(asked.SelectMany(language => language).Select(sample => $"{kind} {sample.Language} {sample.Id}:{sample.Hash}"));
            prompts[kind] = asked.ToDictionary(
                language => language[0].Language,
                language => language.Select(sample => sample.AsPrompt(Language.OfCode(sample.Language), kind, format.Name)).ToArray(),
                StringComparer.Ordinal);
        }
    }

    /// <summary>What perplexity is measured on.</summary>
    /// <exception cref="MissingTextException">The subject names no test text.</exception>
    public IReadOnlyList<TextDocument> TestDocuments(Language language) => _test.TryGetValue(language.Code, out TextSource? source)
        ? source.Documents
        : throw new MissingTextException("the subject names no 'text.test'");

    public IReadOnlyList<Document> SelectionDocuments(Language language, int count, int tokens, ulong seed)
    {
        Document[] all = [.. _tokenizer.Cut(language, _selection[language.Code].Documents, tokens)];
        return all.Length >= count
            ? [.. new CounterRandom(seed, "documents").Fork(language.Code).Sample(all.Length, count).Select(i => all[i])]
            : throw new MissingTextException($"{all.Length} different documents of at most {tokens} tokens in {language.Code}, at least {count} needed");
    }

    public IReadOnlyList<Prompt> TestPrompts(TaskKind kind, Language language) => _prompts.TryGetValue(kind, out Dictionary<string, Prompt[]>? prompts)
        ? prompts[language.Code]
        : throw new MissingTextException($"the subject names no 'tasks.{kind.ToString().ToLowerInvariant()}'");

    // [language][item], in the order of the first language's file.
    private static TaskSample[][] Aligned(TaskSample[][] languages, int? items)
    {
        IEnumerable<string> shared = languages.Select(samples => samples.Select(sample => sample.Id)).Aggregate((one, other) => one.Intersect(other));
        HashSet<string> asked = [.. shared.OrderBy(ContentHash.Fraction).Take(items ?? int.MaxValue)];
        string[] order = [.. languages[0].Select(sample => sample.Id).Where(asked.Contains)];
        return [.. languages.Select(samples =>
        {
            Dictionary<string, TaskSample> byId = samples.ToDictionary(sample => sample.Id, StringComparer.Ordinal);
            return order.Select(id => byId[id]).ToArray();
        })];
    }
}
