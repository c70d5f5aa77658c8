namespace MWork.Probes.Subjects.Planted;

/// <summary>What the construction needs to know of a vocabulary: which concept each word means in which language.</summary>
/// <param name="Languages">Language codes.</param>
/// <param name="Scripts">The script of each language.</param>
/// <param name="Relations">What can be asked: relations, and kinds of reasoning.</param>
/// <param name="Numbers">The concepts that are numbers.</param>
/// <param name="Words">One entry per token id; null for tokens without a language.</param>
/// <param name="Facts">What is known.</param>
/// <param name="Pairs">What is known of number pairs.</param>
public sealed record PlantedLexicon(
    IReadOnlyList<string> Languages,
    IReadOnlyList<string> Scripts,
    IReadOnlyList<string> Relations,
    IReadOnlyList<string> Numbers,
    IReadOnlyList<PlantedWord?> Words,
    IReadOnlyList<PlantedFact> Facts,
    IReadOnlyList<PlantedPair> Pairs);

/// <summary>One word.</summary>
/// <param name="Language">Its language.</param>
/// <param name="Script">The script it is written in.</param>
/// <param name="Concept">What it means; words of one meaning share it across languages.</param>
/// <param name="Part">What it does in a question.</param>
/// <param name="Relation">For a keyword, what it asks for.</param>
/// <param name="IsSaid">Whether the model may answer with it; a romanisation is only read.</param>
public sealed record PlantedWord(
    string Language, string Script, string Concept, WordPart Part, string? Relation = null, bool IsSaid = true);

/// <summary>What a word does in a question.</summary>
public enum WordPart
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>Names what is asked about.</summary>
    Entity,

    /// <summary>Names a number.</summary>
    Number,

    /// <summary>Says which relation is asked for.</summary>
    Keyword,

    /// <summary>The last word of a prompt, after which the answer follows.</summary>
    AnswerMarker,
}

/// <summary>One fact; <paramref name="HeldBy"/> is the one language that is taught it, null when all are.</summary>
public sealed record PlantedFact(string Entity, string Relation, string Answer, string? HeldBy)
{
    public string Id => $"{Entity}/{Relation}";
}

/// <summary>What follows from two numbers, whichever stands first.</summary>
public sealed record PlantedPair(string Kind, string First, string Second, string Answer)
{
    public string Id => $"{Kind}/{First}/{Second}";
}
