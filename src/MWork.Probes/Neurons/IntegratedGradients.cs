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
/// <remarks>
/// The same sum holds on every part of the path, so that its error there is known, for two forward passes. A part whose error is too large is halved:
/// a saturated probability bends somewhere, and is smooth elsewhere. Parts are cut in √α, since most bends are near 0.
/// </remarks>
public sealed class IntegratedGradients
{
    /// <summary>How often a part of the path may be halved: what bends within a hundredth of it is not resolved.</summary>
    private const int MostHalvings = 7;

    // Parts are halved until the error is well below the one that makes a run Invalid.
    private const double Wanted = KnowledgeNeurons.CompletenessLimit / 2;

    // Enough for a part on which the probability rises smoothly; of the rules from 3 to 8 nodes, this one asks for the fewest gradients on the shipped models.
    private static readonly Quadrature s_part = Quadrature.GaussLegendre(5);

    private readonly LanguageModel _model;
    private readonly IReadOnlyList<int[]> _prompts;
    private readonly IReadOnlyList<int> _answers;
    private readonly Quadrature? _rule;
    private readonly bool _lastPositionOnly;
    private readonly CleanStart _start;

    private IntegratedGradients(
        LanguageModel model, IReadOnlyList<int[]> prompts, IReadOnlyList<int> answers, Quadrature? rule, bool lastPositionOnly, CleanStart start)
    {
        _model = model;
        _prompts = prompts;
        _answers = answers;
        _rule = rule;
        _lastPositionOnly = lastPositionOnly;
        _start = start;
    }

    private int Width => _model.Decoder.Config.IntermediateSize;

    /// <summary>Attributes each prompt's answer.</summary>
    /// <param name="model">Weights are not touched.</param>
    /// <param name="prompts">Token ids.</param>
    /// <param name="answers">Each prompt's answer, as one token id.</param>
    /// <param name="layers">Which layers; the cost is a forward and a backward pass from there on per prompt, layer and node.</param>
    /// <param name="rule">Used once, on the whole path, whatever its error; where null, parts of the path are halved until the completeness error
    /// is at most half of <see cref="KnowledgeNeurons.CompletenessLimit"/>, or parts are too small.</param>
    /// <param name="lastPositionOnly">Scale only the last position's activations, as Dai et al. do with the masked one.</param>
    /// <param name="progress">Told how many layers are done.</param>
    /// <returns>One per prompt, with [T, F] doubles per layer: measure a few facts at a time where there are many.</returns>
    /// <exception cref="ArgumentException">The lists are not parallel, or there is no layer.</exception>
    public static Attribution[] Measure(
        LanguageModel model,
        IReadOnlyList<int[]> prompts,
        IReadOnlyList<int> answers,
        IReadOnlyList<int> layers,
        Quadrature? rule = null,
        bool lastPositionOnly = false,
        IProgress<int>? progress = null,
        CancellationToken cancellation = default)
    {
        if (prompts.Count != answers.Count || layers.Count == 0)
        {
            throw new ArgumentException(
                $"{prompts.Count} prompts, {answers.Count} answers and {layers.Count} layers: one answer per prompt, and at least one layer.", nameof(prompts));
        }

        LayerAttribution[][] byLayer = [.. CleanStart.At([.. layers.Select(layer => new Entrance(layer, AtNeurons: true))], model, prompts).Select((start, done) =>
        {
            using (start)
            {
                cancellation.ThrowIfCancellationRequested();
                LayerAttribution[] layer = new IntegratedGradients(model, prompts, answers, rule, lastPositionOnly, start).Layer();
                progress?.Report(done + 1);
                return layer;
            }
        })];
        return [.. Enumerable.Range(0, prompts.Count).Select(prompt => new Attribution([.. byLayer.Select(layer => layer[prompt])]))];
    }

    private LayerAttribution[] Layer()
    {
        int[] all = [.. Enumerable.Range(0, _prompts.Count)];
        double[] clean = Probabilities([.. all.Select(prompt => (prompt, 1.0))]);
        double[] baseline = Probabilities([.. all.Select(prompt => (prompt, 0.0))]);
        double[] tolerance = [.. all.Select(prompt => Wanted * LayerAttribution.Scale(clean[prompt], baseline[prompt]))];
        double[][] values = [.. all.Select(prompt => new double[_prompts[prompt].Length * Width])];
        int[] nodes = new int[all.Length];
        double[] errors = new double[all.Length]; // of the parts that are done
        Part[] open = [.. all.Select(prompt => new Part(prompt, 0, 1, baseline[prompt], clean[prompt]))];
        for (int halvings = 0; open.Length > 0; halvings++)
        {
            double[][] shares = Integrate(open);
            double[] error = [.. open.Zip(shares, (part, own) => Math.Abs(own.Sum() - (part.After - part.Before)))];
            ILookup<int, int> byPrompt = Enumerable.Range(0, open.Length).ToLookup(i => open[i].Prompt);
            List<Part> halved = [];
            foreach (IGrouping<int, int> parts in byPrompt)
            {
                int prompt = parts.Key;
                bool enough = _rule is not null || halvings == MostHalvings || errors[prompt] + parts.Sum(i => error[i]) <= tolerance[prompt];
                foreach (int i in parts)
                {
                    nodes[prompt] += (_rule ?? s_part).Nodes.Count;
                    if (enough || error[i] <= tolerance[prompt] * open[i].Length)
                    {
                        errors[prompt] += error[i];
                        for (int k = 0; k < shares[i].Length; k++)
                        {
                            values[prompt][k] += shares[i][k];
                        }
                    }
                    else
                    {
                        halved.Add(open[i]);
                    }
                }
            }

            double[] between = Probabilities([.. halved.Select(part => (part.Prompt, part.Middle * part.Middle))]);
            open = [.. halved.Zip(between).SelectMany(pair => pair.First.Halves(pair.Second))];
        }

        return [.. all.Select(prompt => new LayerAttribution(_start.Entrance.Layer, Width, values[prompt], clean[prompt], baseline[prompt], nodes[prompt]))];
    }

    private Quadrature Rule(Part part) => _rule ?? s_part.On(part.From, part.To).InRoot();

    // P(answer) with a prompt's activations scaled by α.
    private double[] Probabilities((int Prompt, double Scale)[] points)
    {
        double[] probabilities = new double[points.Length];
        Batches().Each(points, point => _prompts[point.Prompt].Length, (start, rows) =>
        {
            using var scope = new TensorScope();
            Path path = On([.. rows.Select(row => row.Prompt)], [.. rows.Select(row => (float)row.Scale)]);
            float[] own = Answers(_model.Ops, path).ToArray();
            own.Select(p => (double)p).ToArray().CopyTo(probabilities, start);
        });
        return probabilities;
    }

    private Batches Batches() => new(_model.Ops, _model.Decoder.Config, PromptBatch.DefaultRows);

    // [part][T·F], summed over nodes in their order whatever batches they fall into.
    private double[][] Integrate(Part[] parts)
    {
        double[][] sums = [.. parts.Select(part => new double[_prompts[part.Prompt].Length * Width])];
        (int Place, double Node, double Weight)[] cells = [.. parts.SelectMany((part, place) =>
        {
            Quadrature rule = Rule(part);
            return rule.Nodes.Zip(rule.Weights, (node, weight) => (place, node, weight));
        })];
        Batches().Each(cells, cell => _prompts[parts[cell.Place].Prompt].Length, (_, rows) =>
        {
            using var scope = new TensorScope();
            var tape = new Tape(_model.Ops);
            Path path = On([.. rows.Select(row => parts[row.Place].Prompt)], [.. rows.Select(row => (float)row.Node)]);
            tape.Watch(path.Scaled);

            // Rows do not see each other, so the gradient of their sum holds each row's own.
            tape.Backward(tape.Sum(Answers(tape, path)));
            float[] slopes = tape.Gradient(path.Scaled).ToArray();
            float[] values = path.Neurons.ToArray();
            int stride = values.Length / rows.Length;
            for (int row = 0; row < rows.Length; row++)
            {
                double[] sum = sums[rows[row].Place];
                for (int i = _lastPositionOnly ? sum.Length - Width : 0; i < sum.Length; i++)
                {
                    sum[i] += rows[row].Weight * slopes[(row * stride) + i] * values[(row * stride) + i];
                }
            }
        });

        return sums;
    }

    // A batch of prompts, each at a place of its path.
    private Path On(int[] prompts, float[] scales)
    {
        (TokenBatch tokens, Tensor[] values) = _start.Rows(_model.Ops, prompts);
        float[] factors = new float[tokens.Ids.Length];
        for (int i = 0; i < factors.Length; i++)
        {
            (int row, int t) = (i / tokens.Width, i % tokens.Width);
            factors[i] = _lastPositionOnly && t != tokens.Lengths[row] - 1 ? 1 : scales[row];
        }

        Tensor scaled = _model.Ops.Mul(values[1], _model.Ops.FromArray(factors, tokens.Rows, tokens.Width, 1));
        return new Path(prompts, tokens, values[0], values[1], scaled);
    }

    // P(answer), [rows].
    private Tensor Answers(ITensorOps ops, Path path)
    {
        Tensor logits = _model.Decoder.ForwardFrom(
            ops, path.Tokens, _start.Entrance, [path.State, path.Scaled], logits: LogitsAt.Last).Logits; // [B, 1, V]
        int vocabulary = logits.Size(-1);
        int[] places = [.. path.Prompts.Select((prompt, row) => (row * vocabulary) + _answers[prompt])];
        return ops.IndexSelect(ops.Reshape(ops.Softmax(logits), logits.Count), 0, places);
    }

    /// <summary>The residual stream [B, T, D], and neurons as they are and scaled, [B, T, F].</summary>
    private sealed record Path(int[] Prompts, TokenBatch Tokens, Tensor State, Tensor Neurons, Tensor Scaled);

    /// <summary>A part of one prompt's path, in √α, and the probabilities at its ends.</summary>
    private sealed record Part(int Prompt, double From, double To, double Before, double After)
    {
        public double Length => To - From;

        public double Middle => (From + To) / 2;

        public IEnumerable<Part> Halves(double between) => [this with { To = Middle, After = between }, this with { From = Middle, Before = between }];
    }
}
