namespace MWork.Probes.Subjects.Planted;

/// <summary>What the construction needs to know of a vocabulary: which concept each word means in which language.</summary>
/// <param name="Languages">Language codes.</param>
/// <param name="Relations">Relation names.</param>
/// <param name="Words">One entry per token id; null for tokens without a language.</param>
/// <param name="Facts">What is known.</param>
public sealed record PlantedLexicon(
    IReadOnlyList<string> Languages,
    IReadOnlyList<string> Relations,
    IReadOnlyList<PlantedWord?> Words,
    IReadOnlyList<PlantedFact> Facts);

/// <summary>One word.</summary>
/// <param name="Language">Its language.</param>
/// <param name="Concept">What it means; words of one meaning share it across languages.</param>
/// <param name="Part">What it does in a question.</param>
/// <param name="Relation">For a keyword, the relation it asks for.</param>
public sealed record PlantedWord(string Language, string Concept, WordPart Part, string? Relation = null);

/// <summary>What a word does in a question.</summary>
public enum WordPart
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>Names what is asked about.</summary>
    Entity,

    /// <summary>Says which relation is asked for.</summary>
    Keyword,

    /// <summary>The last word of a prompt, after which the answer follows.</summary>
    AnswerMarker,
}

/// <summary>One fact; <paramref name="Languages"/> are those that hold it, null when it is known whatever the language.</summary>
public sealed record PlantedFact(string Entity, string Relation, string Answer, IReadOnlyList<string>? Languages);
