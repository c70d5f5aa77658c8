using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Neurons.Detection;

/// <summary>Text of a user's own to select neurons by.</summary>
public static class DetectionText
{
    /// <summary>The documents of all languages, as many of each: a language's first document, then the next one's first, and so on.</summary>
    /// <param name="languages">By code.</param>
    /// <param name="tokenizer">Says what a document's tokens are; its special tokens are added.</param>
    /// <param name="tokens">The most tokens of a document; what is longer is cut.</param>
    /// <param name="documents">Of each language; null for as many as the language with the fewest has.</param>
    /// <exception cref="TextFormatException">A language has too few different documents.</exception>
    public static IReadOnlyList<Document> Read(
        IReadOnlyDictionary<string, TextSource> languages, ITokenizer tokenizer, int tokens, int? documents = null)
    {
        (TextSource Source, Document[] Documents)[] cut =
        [
            .. languages.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Value, tokenizer
                .Cut(Language.OfCode(pair.Key), pair.Value.Documents, tokens).Take(documents ?? int.MaxValue).ToArray())),
        ];
        int each = documents ?? cut.Min(language => language.Documents.Length);
        foreach ((TextSource source, Document[] own) in cut)
        {
            if (own.Length < Math.Max(1, each))
            {
                throw new TextFormatException(
                    $"{source.Path}: has {own.Length} documents that differ in their first {tokens} tokens, and {Math.Max(1, each)} are wanted; add some, or ask for fewer.");
            }
        }

        return [.. Enumerable.Range(0, each).SelectMany(i => cut.Select(language => language.Documents[i]))];
    }
}
