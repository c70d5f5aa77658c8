using MWork.Probes.Tensors;

namespace MWork.Probes.Training;

/// <summary>Linear warm-up to <paramref name="Peak"/>, then half a cosine down to <paramref name="Floor"/> times it.</summary>
public sealed record CosineSchedule(float Peak, int Steps, int WarmUp, float Floor = 0.05f)
{
    /// <summary>The learning rate of a step, counted from 0.</summary>
    public float At(int step)
    {
        if (step < WarmUp)
        {
            return Peak * (step + 1) / WarmUp;
        }

        double progress = (step - WarmUp) / (double)Math.Max(1, Steps - WarmUp);
        return (float)(Peak * (Floor + ((1 - Floor) * 0.5 * (1 + Transcendentals.Cos(Math.PI * progress)))));
    }
}
