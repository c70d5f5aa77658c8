using MWork.Probes.Interventions;
using MWork.Probes.Tensors;

namespace MWork.Probes.Models.Parity;

public sealed partial class CheckpointParity
{
    private const int GradientLayer = 2;
    private const int IntegrationSteps = 20;

    private void CompareNeuronGradients()
    {
        if (!Has("grad_target"))
        {
            return;
        }

        int[] row = Rows("input_ids")[0];
        int target = (int)_expected.ReadInt64("grad_target")[0];
        if (Has("ffn_grad_layer2"))
        {
            using var scope = new TensorScope();
            (Tensor gradient, _) = NeuronGradient(row, target, scale: 1, logarithm: true);
            Compare("ffn_grad_layer2", gradient.ToArray(), relative: true);
        }

        if (Has("ig_layer2_last_token"))
        {
            float[] attribution = new float[Config.IntermediateSize];
            for (int step = 0; step < IntegrationSteps; step++)
            {
                using var scope = new TensorScope();
                (Tensor gradient, Tensor activation) = NeuronGradient(row, target, (step + 0.5f) / IntegrationSteps, logarithm: false);
                float[] last = gradient.ToArray()[^Config.IntermediateSize..];
                float[] value = activation.ToArray()[^Config.IntermediateSize..];
                for (int k = 0; k < attribution.Length; k++)
                {
                    attribution[k] += last[k] * value[k] / IntegrationSteps;
                }
            }

            Compare("ig_layer2_last_token", attribution, relative: true);
        }
    }

    // d p(target) or d log p(target) / d FFN activation [1, T, F], with the last position's activation scaled; and that activation.
    private (Tensor Gradient, Tensor Activation) NeuronGradient(int[] row, int target, float scale, bool logarithm)
    {
        var tape = new Tape(_ops);
        Tensor? original = null;
        Tensor? watched = null;
        SitePlan plan = SitePlan.None.Edit(Sites.FfnActivation(GradientLayer), (ops, value) =>
        {
            float[] factors = new float[row.Length];
            Array.Fill(factors, 1);
            factors[^1] = scale;
            original = value;
            watched = ops.Mul(value, ops.FromArray(factors, 1, row.Length, 1));
            tape.Watch(watched);
            return watched;
        });
        Tensor logits = _decoder.Forward(tape, TokenBatch.Of([row]), plan, logits: LogitsAt.Last).Logits;
        Tensor log = tape.Narrow(tape.LogSoftmax(logits), 2, target, 1);
        tape.Backward(logarithm ? log : tape.Exp(log));
        return (tape.Gradient(watched!), original!);
    }

    private void CompareWeightGradients()
    {
        if (!Has("loss"))
        {
            return;
        }

        using var scope = new TensorScope();
        var tape = new Tape(_ops);
        Dictionary<string, Tensor> byPublishedName = [];
        foreach ((string name, Tensor weight) in _decoder.Weights.All)
        {
            tape.Watch(weight);
            byPublishedName.TryAdd(_family.PublishedName(name), weight);
        }

        TokenBatch batch = Batch("input_ids");
        Tensor logits = _decoder.Forward(tape, batch).Logits;
        Tensor loss = tape.CrossEntropy(tape.Reshape(logits, batch.Ids.Length, Config.VocabularySize), batch.NextTokens());
        Compare("loss", loss.ToArray(), relative: true);
        tape.Backward(loss);
        foreach (string name in _expected.Tensors.Keys.Where(name => name.StartsWith("grad:", StringComparison.Ordinal)))
        {
            if (byPublishedName.TryGetValue(name["grad:".Length..], out Tensor? weight))
            {
                Compare(name, tape.Gradient(weight).ToArray(), relative: true);
            }
        }
    }
}
