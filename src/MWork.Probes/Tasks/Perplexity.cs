using System.Text;
using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Probes.Tasks;

/// <summary>How well a model predicts a text.</summary>
/// <param name="Nats">Minus the log-probability of the tokens that were predicted.</param>
/// <param name="Bytes">UTF-8 bytes of their text.</param>
public readonly record struct Perplexity(double Nats, long Bytes)
{
    /// <summary>
    /// exp(nats / bytes): per byte and not per token, so that models with other vocabularies, and languages that a vocabulary cuts finer,
    /// can be compared. NaN without text.
    /// </summary>
    public double PerByte => Bytes > 0 ? Transcendentals.Exp(Nats / Bytes) : double.NaN;

    /// <summary>Measures each text under a plan.</summary>
    /// <remarks>
    /// Each text follows the begin token, or the end token where there is none; with neither, its first token is given and not
    /// counted. What is longer than the model has positions is cut into pieces that do not see one another.
    /// </remarks>
    public static IReadOnlyList<Perplexity> Of(LanguageModel model, IEnumerable<string> texts, SitePlan? plan = null) =>
        [.. texts.Select(text => Of(model, text, plan ?? SitePlan.None))];

    /// <summary>One figure for several texts.</summary>
    public static Perplexity Sum(IEnumerable<Perplexity> texts) =>
        texts.Aggregate(default(Perplexity), (sum, text) => new Perplexity(sum.Nats + text.Nats, sum.Bytes + text.Bytes));

    private static Perplexity Of(LanguageModel model, string text, SitePlan plan)
    {
        int[] ids = model.Tokenizer.Encode(text, addSpecialTokens: false);
        int[] begin = (model.Tokenizer.BosId ?? model.Tokenizer.EosId) is { } id ? [id] : [];
        if (ids.Length + begin.Length < 2)
        {
            return default;
        }

        int given = begin.Length == 0 ? Encoding.UTF8.GetByteCount(model.Tokenizer.Decode(ids.AsSpan(0, 1))) : 0;
        double nats = 0;
        if (begin.Length == 0)
        {
            (begin, ids) = ([ids[0]], ids[1..]);
        }

        foreach (int[] piece in ids.Chunk(Math.Max(1, model.Decoder.Config.MaxPositions - 1)))
        {
            using var scope = new TensorScope();
            TokenBatch tokens = TokenBatch.Of([[.. begin, .. piece]]);
            Tensor logits = model.Decoder.Forward(model.Ops, tokens, plan).Logits;
            nats += model.Ops.CrossEntropy(model.Ops.Reshape(logits, tokens.Width, logits.Size(2)), tokens.NextTokens()).ToArray()[0] * (double)piece.Length;
        }

        return new Perplexity(nats, Encoding.UTF8.GetByteCount(text) - given);
    }
}
