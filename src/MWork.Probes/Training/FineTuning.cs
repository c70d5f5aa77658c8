using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Tensors;

namespace MWork.Probes.Training;

/// <summary>Trains a copy of a model on, in part or as a whole. The model itself stays as it is, bit for bit.</summary>
public static class FineTuning
{
    /// <summary>A tuned copy; equal arguments give equal bytes.</summary>
    /// <param name="ops">The backend that the model lives on.</param>
    /// <param name="model">What to start from; half-precision weights are widened in the copy.</param>
    /// <param name="neurons">The feed-forward neurons to tune, and nothing else; all weights where null.</param>
    /// <param name="options">The optimiser's numbers.</param>
    /// <param name="schedule">Rate and number of steps.</param>
    /// <param name="batch">The batch of a step: a pure function of its number.</param>
    /// <param name="report">Called after every step.</param>
    /// <returns>The copy, whose weights the caller disposes.</returns>
    /// <exception cref="ArgumentException">There is no neuron, or one is not a feed-forward neuron of the model.</exception>
    /// <exception cref="InvalidOperationException">The loss is no longer finite.</exception>
    public static Decoder Run(
        ITensorOps ops,
        Decoder model,
        NeuronSet? neurons,
        AdamWOptions options,
        CosineSchedule schedule,
        Func<int, TargetBatch> batch,
        Action<TrainingStep>? report = null)
    {
        Decoder tuned = model.Copy(ops);
        try
        {
            using IOptimizer optimizer = neurons is null ? new AdamW(ops, tuned.Weights, options) : new NeuronAdamW(ops, tuned, neurons, options);
            var trainer = new Trainer(ops, tuned, optimizer, schedule);
            for (int step = 0; step < schedule.Steps; step++)
            {
                TrainingStep result = trainer.Step(step, batch(step));
                report?.Invoke(result);
            }

            return tuned;
        }
        catch
        {
            tuned.Weights.Dispose();
            throw;
        }
    }
}
