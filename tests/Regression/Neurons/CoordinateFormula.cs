using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Regression.Neurons;

/// <summary>
/// The paper's formula for queries and keys, written out in double precision from the projections alone:
/// ‖softmax(S − Δ_k) − softmax(S)‖, Δ_k = Q[:, k] K[:, k]ᵀ · scale, S with soft cap, ALiBi and mask as the model has them.
/// </summary>
internal static class CoordinateFormula
{
    public static (double[] Query, double[] Key) Importances(
        LanguageModel model, int[] document, int layer, bool unscaledDelta = false)
    {
        ModelConfig config = model.Decoder.Config;
        (double[][][] queries, double[][][] keys) = Heads(model, document, layer);
        int repeats = config.Heads / config.KeyValueHeads;
        double[] query = new double[config.Heads * config.HeadSize];
        double[] key = new double[config.KeyValueHeads * config.HeadSize];
        for (int head = 0; head < config.Heads; head++)
        {
            double[][] q = queries[head];
            double[][] k = keys[head / repeats];
            double[][] clean = Attention(config, layer, head, (t, s) => Dot(q[t], k[s]) * config.AttentionScale, document.Length);
            for (int i = 0; i < config.HeadSize; i++)
            {
                double factor = unscaledDelta ? 1 : config.AttentionScale;
                double[][] off = Attention(
                    config, layer, head, (t, s) =>
                        (Dot(q[t], k[s]) * config.AttentionScale) - (q[t][i] * k[s][i] * factor), document.Length);
                double square = off.Zip(clean, (a, b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum()).Sum();
                query[(head * config.HeadSize) + i] = Math.Sqrt(square);
                key[(head / repeats * config.HeadSize) + i] += square;
            }
        }

        return (query, [.. key.Select(Math.Sqrt)]);
    }

    private static double[][] Attention(ModelConfig config, int layer, int head, Func<int, int, double> score, int length)
    {
        int window = config.Windows.Count > 0 ? config.Windows[layer] ?? length : length;
        double slope = config.Rotary is null ? Math.Pow(2, -8.0 / config.Heads * (head + 1)) : 0;
        double[][] rows = new double[length][];
        for (int t = 0; t < length; t++)
        {
            rows[t] = new double[length];
            for (int s = Math.Max(0, t + 1 - window); s <= t; s++)
            {
                double value = score(t, s);
                value = config.AttentionSoftCap is { } cap ? cap * Math.Tanh(value / cap) : value;
                rows[t][s] = Math.Exp(value + (slope * s));
            }

            double sum = rows[t].Sum();
            rows[t] = [.. rows[t].Select(x => x / sum)];
        }

        return rows;
    }

    // [heads][T][d], normed and rotated.
    private static (double[][][] Queries, double[][][] Keys) Heads(LanguageModel model, int[] document, int layer)
    {
        using var scope = new TensorScope();
        SitePlan plan = SitePlan.None.Record(Sites.Query(layer), Sites.Key(layer));
        ForwardPass pass = model.Decoder.Forward(model.Ops, TokenBatch.Of([document]), plan, logits: LogitsAt.None);
        return (Split(pass[Sites.Query(layer)], "q_norm"), Split(pass[Sites.Key(layer)], "k_norm"));

        double[][][] Split(Tensor value, string norm)
        {
            int size = model.Decoder.Config.HeadSize;
            double[][] tokens = [.. value.ToArray().Select(x => (double)x).Chunk(value.Size(-1))];
            float[]? weight = model.Decoder.Weights.Find(WeightNames.Block(layer, $"attention.{norm}.weight"))?.ToArray();
            return [.. Enumerable.Range(0, value.Size(-1) / size).Select(head =>
                tokens.Select((token, t) => Place(model.Decoder.Config, token[(head * size)..((head + 1) * size)], t, weight))
                    .ToArray())];
        }
    }

    private static double[] Place(ModelConfig config, double[] head, int position, float[]? weight)
    {
        if (weight is not null)
        {
            double root = Math.Sqrt((Dot(head, head) / head.Length) + config.Norm.Eps);
            head = [.. head.Select((x, i) => x / root * (weight[i] + config.Norm.Offset))];
        }

        if (config.Rotary is not { } rotary)
        {
            return head;
        }

        (float[] cos, float[] sin) = rotary.Table([position], head.Length);
        int half = head.Length / 2;
        return [.. head.Select((x, i) => i < half
            ? (x * cos[i]) - (head[i + half] * sin[i])
            : (x * cos[i - half]) + (head[i - half] * sin[i - half]))];
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
