namespace MWork.Probes.Text;

/// <summary>A question with its answer, as training text or a document holds it.</summary>
public sealed record Sentence
{
    /// <summary>The tokens, up to and including the full stop; without a begin-of-sentence token.</summary>
    public required IReadOnlyList<string> Tokens { get; init; }

    public required TaskKind Kind { get; init; }

    /// <summary>The language the question is asked in.</summary>
    public required Language Language { get; init; }

    /// <summary>The language the answer is given in; differs from <see cref="Language"/> where code-switched or
    /// translated.</summary>
    public required Language AnswerLanguage { get; init; }

    /// <summary>What is asked, whatever the language and the wording: the unit of uncertainty.</summary>
    public required string Fact { get; init; }

    /// <summary>Which wording.</summary>
    public required string Template { get; init; }

    public string Text => string.Join(' ', Tokens);

    /// <summary><see cref="ContentHash"/> of <see cref="Text"/>.</summary>
    public string Hash => ContentHash.Of(Tokens);
}
