using MWork.Probes.Tensors;

namespace MWork.Probes.Randomness;

public sealed partial class CounterRandom
{
    /// <summary>A standard normal number (Box and Muller 1958). Takes two uniform numbers and keeps nothing for the next call.</summary>
    public double NextGaussian()
    {
        // 1 − u lies in (0, 1], where the logarithm is finite.
        double radius = Math.Sqrt(-2 * Transcendentals.Log(1 - NextDouble()));
        return radius * Transcendentals.Cos(2 * Math.PI * NextDouble());
    }
}
