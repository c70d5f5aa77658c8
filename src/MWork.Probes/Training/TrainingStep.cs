namespace MWork.Probes.Training;

/// <summary>What a step gave: loss in nats per token, norm of the gradient before clipping, learning rate.</summary>
public readonly record struct TrainingStep(int Step, float Loss, double GradientNorm, float LearningRate);
