using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Neurons;

/// <summary>Text from files as documents in a model's own tokens.</summary>
public static class CutDocuments
{
    /// <summary>
    /// The documents as the model reads them, special tokens included, each cut behind its first <paramref name="tokens"/> tokens.
    /// Documents that are the same up to there come once, and those of which nothing but special tokens is left not at all.
    /// </summary>
    /// <param name="tokens">The most tokens of a document.</param>
    /// <exception cref="ArgumentException">A token has no spelling in the vocabulary.</exception>
    public static IEnumerable<Document> Cut(this ITokenizer tokenizer, Language language, IEnumerable<TextDocument> documents, int tokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tokens);
        int special = tokenizer.Encode("").Length;
        return documents
            .Select(document => tokenizer.Encode(document.Text))
            .Where(ids => ids.Length > special)
            .Select(ids => new Document(language, [.. ids.Take(tokens).Select(Spelled)], []))
            .DistinctBy(document => document.Hash);

        string Spelled(int id) => tokenizer.IdToToken(id)
            ?? throw new ArgumentException($"Token {id} of a document in {language} has no spelling in the vocabulary.", nameof(documents));
    }
}
