using MWork.Probes.Models;
using MWork.Probes.Text;

namespace MWork.Probes.Neurons;

/// <summary>Documents through a model, in batches and in the order they come: what every detector does with its text.</summary>
internal static class DocumentPass
{
    /// <typeparam name="T">What is kept of a document.</typeparam>
    /// <param name="rows">The most documents at a time.</param>
    /// <param name="isDone">Whether an earlier run has the document of this language and hash; null where there was none.</param>
    /// <param name="measure">From token ids to what is kept, per document. It may be called again for the same ones (<see cref="Batches.Each"/>).</param>
    /// <param name="add">Takes a document's language, hash, number of tokens and what was measured, once.</param>
    /// <param name="afterBatch">Called when a batch is added.</param>
    public static void Each<T>(
        LanguageModel model, IEnumerable<Document> documents, int rows, Func<string, string, bool>? isDone, Func<int[][], T[]> measure,
        Action<string, string, int, T> add, Action afterBatch, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        var batches = new Batches(model.Ops, model.Decoder.Config, rows);
        IEnumerable<(string Language, string Hash, int[] Ids)> rest =
            from document in documents
            let hash = document.Hash
            where isDone?.Invoke(document.Language.Code, hash) != true
            select (document.Language.Code, hash, model.Tokenizer.Encode(document));
        foreach ((string Language, string Hash, int[] Ids)[] chunk in rest.Chunk(rows))
        {
            cancellation.ThrowIfCancellationRequested();
            batches.Each(chunk, item => item.Ids.Length, (_, batch) =>
            {
                T[] measured = measure([.. batch.Select(item => item.Ids)]);
                for (int i = 0; i < batch.Length; i++)
                {
                    add(batch[i].Language, batch[i].Hash, batch[i].Ids.Length, measured[i]);
                }
            });
            afterBatch();
        }
    }
}
