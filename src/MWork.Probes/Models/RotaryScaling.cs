namespace MWork.Probes.Models;

/// <summary>How rotary frequencies are stretched to reach beyond the trained length.</summary>
public abstract record RotaryScaling
{
    /// <summary>The stretched frequency, radians per position.</summary>
    public abstract double Apply(double frequency);
}

/// <summary>Every frequency divided by <paramref name="Factor"/> (Chen et al. 2023).</summary>
public sealed record LinearScaling(double Factor) : RotaryScaling
{
    public override double Apply(double frequency) => frequency / Factor;
}

/// <summary>
/// Llama 3.1: wavelengths longer than <paramref name="OriginalPositions"/>/<paramref name="LowFactor"/> are stretched, those shorter
/// than <paramref name="OriginalPositions"/>/<paramref name="HighFactor"/> stay, and between them the two are mixed.
/// </summary>
public sealed record Llama3Scaling(double Factor, double LowFactor, double HighFactor, int OriginalPositions) : RotaryScaling
{
    public override double Apply(double frequency)
    {
        double turns = OriginalPositions * frequency / (2 * Math.PI);
        double mix = Math.Clamp((turns - LowFactor) / (HighFactor - LowFactor), 0, 1);
        return ((1 - mix) * frequency / Factor) + (mix * frequency);
    }
}
