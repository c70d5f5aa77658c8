using MWork.Probes.Lenses;
using MWork.Probes.Text;

namespace MWork.Probes.Subjects;

/// <summary>Where a subject's text and tasks come from: the small world, or files.</summary>
public interface ISubjectText
{
    /// <summary>Changes with any of it.</summary>
    string Hash { get; }

    /// <summary>The subject's languages.</summary>
    IReadOnlyList<Language> Languages { get; }

    /// <summary>Which language each token of the model bears.</summary>
    TokenLanguages Tokens { get; }

    /// <summary>Documents that select neurons. Equal arguments give equal documents.</summary>
    /// <param name="tokens">The most tokens a document may have.</param>
    /// <exception cref="MissingTextException">There are not as many.</exception>
    IReadOnlyList<Document> SelectionDocuments(Language language, int count, int tokens, ulong seed);

    /// <summary>The prompts that score a language. Lists of two languages are parallel: the same item stands at the same place.</summary>
    /// <param name="kind">Knowledge or reasoning.</param>
    /// <exception cref="MissingTextException">There are none of that kind.</exception>
    IReadOnlyList<Prompt> TestPrompts(TaskKind kind, Language language);
}

/// <summary>A claim asks for text that its subject does not have: it cannot be decided there. The message says what is missing.</summary>
public sealed class MissingTextException(string message) : Exception(message);
