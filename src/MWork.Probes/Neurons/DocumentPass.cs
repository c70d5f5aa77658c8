using MWork.Probes.Models;
using MWork.Probes.Text;

namespace MWork.Probes.Neurons;

/// <summary>Documents in batches, each with its hash and ids, in the order they come.</summary>
internal static class DocumentPass
{
    public static IEnumerable<(Document Document, string Hash, int[] Ids)[]> Split(
        LanguageModel model, IEnumerable<Document> documents, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        return documents.Select(document => (document, document.Hash, model.Tokenizer.Encode(document))).Chunk(rows);
    }
}
