namespace MWork.Probes.Text;

/// <summary>A question up to the place where its answer is due, with the answer and what else could have been one.</summary>
public sealed record Prompt
{
    /// <summary>The tokens up to and including the answer word; without a begin-of-sentence token, which the tokenizer
    /// adds.</summary>
    public required IReadOnlyList<string> Tokens { get; init; }

    /// <summary>The token that is right.</summary>
    public required string Answer { get; init; }

    /// <summary>All answers of the same relation and answer type in the language of the answer, the right one among
    /// them.</summary>
    public required IReadOnlyList<string> Candidates { get; init; }

    /// <summary>What stands behind the answer, where answer and candidates are text of any number of tokens, scored by the likelihood of
    /// the whole; null where each is one token of the vocabulary.</summary>
    public string? Suffix { get; init; }

    public required TaskKind Kind { get; init; }

    /// <summary>The relation asked for, or the kind of reasoning.</summary>
    public required string Relation { get; init; }

    /// <summary>The language the question is asked in.</summary>
    public required Language Language { get; init; }

    /// <summary>The language the answer is due in.</summary>
    public required Language AnswerLanguage { get; init; }

    /// <summary>What is asked, whatever the language and the wording: the unit of uncertainty.</summary>
    public required string Fact { get; init; }

    /// <summary>Which wording.</summary>
    public required string Template { get; init; }

    public string Text => string.Join(' ', Tokens);

    /// <summary><see cref="ContentHash"/> of <see cref="Text"/>.</summary>
    public string Hash => ContentHash.Of(Tokens);

    /// <summary>The accuracy of guessing among the candidates.</summary>
    public double Chance => 1.0 / Candidates.Count;
}
