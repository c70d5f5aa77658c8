namespace MWork.Probes.Training;

/// <summary>The optimiser's numbers; <paramref name="ClipNorm"/> bounds the norm of the whole gradient.</summary>
public sealed record AdamWOptions(
    float WeightDecay, float Beta1 = 0.9f, float Beta2 = 0.999f, float Eps = 1e-8f, float? ClipNorm = 1);
