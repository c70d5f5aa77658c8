using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Statistics;
using MWork.Probes.Tensors;

namespace MWork.Probes.Neurons;

/// <summary>
/// Integrated gradients (Sundararajan et al. 2017) of P(answer), after softmax over the vocabulary at the last position, over feed-forward
/// activations. As Dai et al. 2022 do, one layer at a time goes from zero to its value while all others follow:
/// attribution = activation · ∫₀¹ ∂P/∂activation at α · activation dα. Within a layer all neurons move together, at all positions unless asked
/// otherwise, so that a layer's attributions sum to P(x) − P(0).
/// </summary>
public sealed class IntegratedGradients
{
    // Rules are refined until the error is well below the one that makes a run Invalid.
    private const double Wanted = KnowledgeNeurons.CompletenessLimit / 2;

    private readonly LanguageModel _model;
    private readonly IReadOnlyList<int[]> _prompts;
    private readonly IReadOnlyList<int> _answers;
    private readonly bool _lastPositionOnly;
    private readonly ResidualStart _start;

    private IntegratedGradients(
        LanguageModel model, IReadOnlyList<int[]> prompts, IReadOnlyList<int> answers, bool lastPositionOnly, ResidualStart start)
    {
        _model = model;
        _prompts = prompts;
        _answers = answers;
        _lastPositionOnly = lastPositionOnly;
        _start = start;
    }

    private int Width => _model.Decoder.Config.IntermediateSize;

    /// <summary>Attributes each prompt's answer.</summary>
    /// <param name="model">Weights are not touched.</param>
    /// <param name="prompts">Token ids.</param>
    /// <param name="answers">Each prompt's answer, as one token id.</param>
    /// <param name="layers">Which layers; the cost is a forward and a backward pass from there on per prompt, layer and node.</param>
    /// <param name="rules">Tried in order until the completeness error is at most half of
    /// <see cref="KnowledgeNeurons.CompletenessLimit"/>; <see cref="KnowledgeNeurons.DefaultRules"/> when null.</param>
    /// <param name="lastPositionOnly">Scale only the last position's activations, as Dai et al. do with the masked one.</param>
    /// <returns>One per prompt, with [T, F] doubles per layer: measure fact by fact where there are many.</returns>
    /// <exception cref="ArgumentException">The lists are not parallel, or there is no layer or no rule.</exception>
    public static Attribution[] Measure(
        LanguageModel model,
        IReadOnlyList<int[]> prompts,
        IReadOnlyList<int> answers,
        IReadOnlyList<int> layers,
        IReadOnlyList<Quadrature>? rules = null,
        bool lastPositionOnly = false)
    {
        rules ??= KnowledgeNeurons.DefaultRules;
        if (prompts.Count != answers.Count || layers.Count == 0 || rules.Count == 0)
        {
            throw new ArgumentException(
                $"{prompts.Count} prompts, {answers.Count} answers, {layers.Count} layers and {rules.Count} rules: one answer per prompt, and at least one of the others.",
                nameof(prompts));
        }

        LayerAttribution[][] byLayer = [.. ResidualStart.Before(layers, model, prompts).Select(start =>
        {
            using (start)
            {
                return new IntegratedGradients(model, prompts, answers, lastPositionOnly, start).Layer(rules);
            }
        })];
        return [.. Enumerable.Range(0, prompts.Count).Select(prompt => new Attribution([.. byLayer.Select(layer => layer[prompt])]))];
    }

    private LayerAttribution[] Layer(IReadOnlyList<Quadrature> rules)
    {
        int[] all = [.. Enumerable.Range(0, _prompts.Count)];
        double[] clean = Probabilities(all, scale: 1);
        double[] baseline = Probabilities(all, scale: 0);
        var results = new LayerAttribution[all.Length];
        foreach (Quadrature rule in rules)
        {
            int[] open = [.. all.Where(prompt => results[prompt] is null || results[prompt].CompletenessError > Wanted)];
            foreach ((int prompt, double[] values) in open.Zip(Integrate(open, rule)))
            {
                results[prompt] = new LayerAttribution(_start.Layer, Width, values, clean[prompt], baseline[prompt], rule.Name);
            }
        }

        return results;
    }

    private double[] Probabilities(int[] prompts, float scale)
    {
        double[] probabilities = new double[prompts.Length];
        Batches().Each(prompts, prompt => _prompts[prompt].Length, (start, rows) =>
        {
            using var scope = new TensorScope();
            float[] own = Pass(_model.Ops, rows, [.. rows.Select(_ => scale)], (_, scaled) => scaled).ToArray();
            own.Select(p => (double)p).ToArray().CopyTo(probabilities, start);
        });
        return probabilities;
    }

    private Batches Batches() => new(_model.Ops, _model.Decoder.Config, PromptBatch.DefaultRows);

    // [prompt][T·F], summed over nodes in their order whatever batches they fall into.
    private double[][] Integrate(int[] prompts, Quadrature rule)
    {
        double[][] sums = [.. prompts.Select(prompt => new double[_prompts[prompt].Length * Width])];
        (int Place, int Node)[] cells = [.. prompts.SelectMany((_, place) => rule.Nodes.Select((_, node) => (place, node)))];
        Batches().Each(cells, cell => _prompts[prompts[cell.Place]].Length, (_, rows) =>
        {
            using var scope = new TensorScope();
            var tape = new Tape(_model.Ops);
            Tensor? activation = null;
            Tensor? watched = null;
            Tensor probabilities = Pass(
                tape, [.. rows.Select(row => prompts[row.Place])], [.. rows.Select(row => (float)rule.Nodes[row.Node])], (value, scaled) =>
            {
                (activation, watched) = (value, scaled);
                tape.Watch(scaled);
                return scaled;
            });
            // Rows do not see each other, so the gradient of their sum holds each row's own.
            tape.Backward(tape.Sum(probabilities));
            float[] slopes = tape.Gradient(watched!).ToArray();
            float[] values = activation!.ToArray();
            int stride = values.Length / rows.Length;
            for (int row = 0; row < rows.Length; row++)
            {
                double[] sum = sums[rows[row].Place];
                double weight = rule.Weights[rows[row].Node];
                for (int i = _lastPositionOnly ? sum.Length - Width : 0; i < sum.Length; i++)
                {
                    sum[i] += weight * slopes[(row * stride) + i] * values[(row * stride) + i];
                }
            }
        });

        return sums;
    }

    // P(answer) [rows] with each row's activations scaled; `see` is given the clean activations and the scaled ones, [B, T, F].
    private Tensor Pass(ITensorOps ops, int[] prompts, float[] scales, Func<Tensor, Tensor, Tensor> see)
    {
        (TokenBatch tokens, Tensor state) = _start.Rows(_model.Ops, prompts);
        float[] factors = new float[tokens.Ids.Length];
        for (int i = 0; i < factors.Length; i++)
        {
            (int row, int t) = (i / tokens.Width, i % tokens.Width);
            factors[i] = _lastPositionOnly && t != tokens.Lengths[row] - 1 ? 1 : scales[row];
        }

        SitePlan plan = SitePlan.None.Edit(Sites.FfnActivation(_start.Layer), (inner, value) =>
            see(value, inner.Mul(value, inner.FromArray(factors, tokens.Rows, tokens.Width, 1))));
        Tensor logits = _model.Decoder.ForwardFrom(ops, tokens, _start.Layer, state, plan, LogitsAt.Last).Logits; // [B, 1, V]
        int vocabulary = logits.Size(-1);
        int[] places = [.. prompts.Select((prompt, row) => (row * vocabulary) + _answers[prompt])];
        return ops.IndexSelect(ops.Reshape(ops.Softmax(logits), logits.Count), 0, places);
    }
}
