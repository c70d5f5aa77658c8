using MWork.Probes.Lenses;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Subjects;

/// <summary>The small world as a subject's text.</summary>
internal sealed class WorldText(World world, ITokenizer tokenizer, IReadOnlyList<string> languages) : ISubjectText
{
    private readonly Language[] _languages = [.. languages.Select(world.Language)];
    private TokenLanguages? _tokens;

    public World World => world;

    public string Hash => world.Hash;

    public IReadOnlyList<Language> Languages => _languages;

    public TokenLanguages Tokens => _tokens ??= SmallWorldTokens.Of(world, tokenizer, _languages);

    public IReadOnlyList<Document> SelectionDocuments(Language language, int count, int tokens, ulong seed) => world.Documents(language, count, tokens, seed);

    public IReadOnlyList<Prompt> TestPrompts(TaskKind kind, Language language) => kind switch
    {
        TaskKind.Knowledge => world.TestPrompts(language),
        TaskKind.Reasoning => world.ReasoningPrompts(language),
        _ => throw new MissingTextException("the small world translates between two languages, which is asked for by name"),
    };
}
