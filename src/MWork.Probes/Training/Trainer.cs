using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Probes.Training;

/// <summary>Next-token training. Everything that decides a weight is in the arguments, so the same call gives the same bytes.</summary>
public sealed class Trainer(ITensorOps ops, Decoder decoder, IOptimizer optimizer, CosineSchedule schedule, LensExitLoss? exits = null)
{
    /// <summary>Trains to the end of the schedule.</summary>
    /// <param name="batch">The batch of a step: a pure function of its number.</param>
    /// <param name="report">Called after every step.</param>
    /// <exception cref="InvalidOperationException">The loss is no longer finite.</exception>
    public void Run(Func<int, TokenBatch> batch, Action<TrainingStep>? report = null, CancellationToken cancellation = default)
    {
        for (int step = 0; step < schedule.Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            TrainingStep result = Step(step, batch(step));
            report?.Invoke(result);
        }
    }

    /// <summary>One forward pass, one backward pass, one move of the weights.</summary>
    public TrainingStep Step(int step, TokenBatch batch) => Step(step, TargetBatch.Next(batch));

    /// <summary>The same with targets of one's own.</summary>
    public TrainingStep Step(int step, TargetBatch batch)
    {
        using var scope = new TensorScope();
        var tape = new Tape(ops);
        foreach (Tensor parameter in optimizer.Watched)
        {
            tape.Watch(parameter);
        }

        Tensor loss = Loss(tape, batch);
        float value = loss.Item();
        if (!float.IsFinite(value))
        {
            throw new InvalidOperationException($"The loss is {value} at step {step}; lower the learning rate.");
        }

        tape.Backward(loss);
        float rate = schedule.At(step);
        double norm = optimizer.Step(tape.Gradient, rate);
        return new TrainingStep(step, value, norm, rate);
    }

    private Tensor Loss(Tape tape, TargetBatch batch)
    {
        SitePlan plan = exits is null ? SitePlan.None : SitePlan.None.Record(exits.Layers.Select(Sites.ResidPost));
        if (exits is not null && batch.At != LogitsAt.All)
        {
            throw new ArgumentException("A loss at exits needs a target at every position.", nameof(batch));
        }

        ForwardPass pass = decoder.Forward(tape, batch.Tokens, plan, logits: batch.At);
        int[] next = batch.Targets;
        Tensor loss = tape.CrossEntropy(tape.Reshape(pass.Logits, next.Length, decoder.Config.VocabularySize), next); // of [B·T, V] or [B, V]
        return exits?.Of(tape, decoder, layer => pass[Sites.ResidPost(layer)], next) is { } early ? tape.Add(loss, early) : loss;
    }
}
