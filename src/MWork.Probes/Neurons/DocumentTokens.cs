using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Neurons;

/// <summary>Documents as a model reads them.</summary>
public static class DocumentTokens
{
    /// <summary>The ids of a document's tokens, which hold its begin tokens already.</summary>
    /// <exception cref="ArgumentException">The document is empty, or the vocabulary lacks one of its tokens.</exception>
    public static int[] Encode(this ITokenizer tokenizer, Document document)
    {
        if (document.Tokens.Count == 0)
        {
            throw new ArgumentException(
                $"A document in {document.Language} has no tokens; leave empty documents out.", nameof(document));
        }

        return [.. document.Tokens.Select(token => tokenizer.TokenToId(token) ?? throw new ArgumentException(
            $"The vocabulary has no token '{token}', found in a document in {document.Language}; use text the model knows.",
            nameof(document)))];
    }
}
