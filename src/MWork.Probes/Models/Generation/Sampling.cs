using System.Globalization;
using MWork.Probes.Randomness;
using MWork.Probes.Tensors;

namespace MWork.Probes.Models.Generation;

/// <summary>
/// Drawing a token: softmax(logits / temperature), cut to the <see cref="TopK"/> likeliest tokens, then to the fewest of those
/// whose share reaches <see cref="TopP"/> (Holtzman et al. 2020), in the order that transformers has.
/// </summary>
/// <remarks>
/// The draw is a function of three things and no others: the seed, the prompt's own ids, and the number of tokens already
/// generated after it. It comes from the stream <c>generation:</c> + ids joined by commas (special tokens included), forked by
/// that number, <see cref="CounterRandom"/>. So neither the other prompts, nor their order, nor the batch, nor the cache can
/// change it; equal prompts under one seed get equal continuations, and another sample of a prompt is another seed.
/// </remarks>
public sealed record Sampling
{
    /// <summary>Above 0; 1 leaves the model's distribution as it is.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>How many of the likeliest tokens stay, the lower ids among equals; null for all.</summary>
    public int? TopK { get; init; }

    /// <summary>In (0, 1]; 1 cuts nothing.</summary>
    public double TopP { get; init; } = 1;

    public ulong Seed { get; init; }

    /// <summary>
    /// The token that a number in [0, 1) falls on when the remaining tokens lie side by side in the order of their ids.
    /// </summary>
    /// <param name="logits">[V]; −∞ forbids a token.</param>
    /// <param name="uniform">In [0, 1).</param>
    public int Pick(ReadOnlySpan<float> logits, double uniform)
    {
        double[] weights = Weights(logits);
        double sum = 0;
        foreach (double weight in weights)
        {
            sum += weight;
        }

        double target = uniform * sum;
        double reached = 0;
        int last = 0;
        for (int id = 0; id < weights.Length; id++)
        {
            if (weights[id] > 0)
            {
                reached += weights[id];
                last = id;
                if (target < reached)
                {
                    return id;
                }
            }
        }

        // The product was rounded up to the sum.
        return last;
    }

    internal CounterRandom Stream(IReadOnlyList<int> prompt) => new(Seed, $"generation:{string.Join(',', prompt)}");

    internal void Check()
    {
        if (!(Temperature > 0) || !double.IsFinite(Temperature))
        {
            throw Wrong("temperature", Temperature, "above 0; without sampling the likeliest token is taken");
        }

        if (TopK < 1)
        {
            throw Wrong("top-k", TopK.Value, "at least 1");
        }

        if (!(TopP > 0) || TopP > 1)
        {
            throw Wrong("top-p", TopP, "above 0 and at most 1");
        }
    }

    // Not yet divided by their sum; zero for what is cut off.
    private double[] Weights(ReadOnlySpan<float> logits)
    {
        double largest = double.NegativeInfinity;
        foreach (float logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        double[] weights = new double[logits.Length];
        for (int id = 0; id < weights.Length; id++)
        {
            weights[id] = Transcendentals.Exp((logits[id] - largest) / Temperature);
        }

        if (TopK < weights.Length || TopP < 1)
        {
            Cut(logits.ToArray(), weights);
        }

        return weights;
    }

    private void Cut(float[] logits, double[] weights)
    {
        int[] order = Enumerable.Range(0, logits.Length).ToArray();
        Array.Sort(order, (a, b) => logits[b].CompareTo(logits[a]) is var byLogit && byLogit != 0 ? byLogit : a.CompareTo(b));
        int kept = Math.Min(TopK ?? order.Length, order.Length);
        double sum = 0;
        for (int i = 0; i < kept; i++)
        {
            sum += weights[order[i]];
        }

        double reached = 0;
        for (int i = 0; i < order.Length; i++)
        {
            // The token that crosses the line stays.
            bool stays = i < kept && (TopP >= 1 || reached < TopP * sum);
            reached += weights[order[i]];
            weights[order[i]] = stays ? weights[order[i]] : 0;
        }
    }

    private static ArgumentException Wrong(string what, double value, string must) => new(
        string.Create(CultureInfo.InvariantCulture, $"The {what} is {value} but must be {must}."));
}
