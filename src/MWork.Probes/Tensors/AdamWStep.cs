namespace MWork.Probes.Tensors;

/// <summary>The numbers of one AdamW step. <paramref name="Step"/> counts from 1; <paramref name="GradScale"/> multiplies the
/// gradient first (clipping by norm).</summary>
public readonly record struct AdamWStep(
    int Step, float LearningRate, float WeightDecay, float Beta1 = 0.9f, float Beta2 = 0.999f, float Eps = 1e-8f, float GradScale = 1f);
