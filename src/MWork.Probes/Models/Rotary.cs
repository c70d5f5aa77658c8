using System.Collections.Concurrent;
using MWork.Probes.Tensors;

namespace MWork.Probes.Models;

/// <summary>
/// Rotary position embedding (Su et al. 2021) with the scalings of released models. Pairs are (i, i + d/2), as in the Hugging Face
/// layout of the weights.
/// </summary>
public sealed record Rotary(float Theta, RotaryScaling? Scaling = null)
{
    private readonly ConcurrentDictionary<int, double[]> _frequencies = new();

    /// <summary>Cosines and sines of position × frequency, each [positions, d/2] row-major.</summary>
    public (float[] Cos, float[] Sin) Table(ReadOnlySpan<int> positions, int headSize)
    {
        double[] frequencies = Frequencies(headSize);
        float[] cos = new float[positions.Length * frequencies.Length];
        float[] sin = new float[cos.Length];
        for (int row = 0; row < positions.Length; row++)
        {
            for (int i = 0; i < frequencies.Length; i++)
            {
                // The reference multiplies in float32, and far positions feel it.
                float angle = (float)frequencies[i] * positions[row];
                cos[(row * frequencies.Length) + i] = (float)Transcendentals.Cos(angle);
                sin[(row * frequencies.Length) + i] = (float)Transcendentals.Sin(angle);
            }
        }

        return (cos, sin);
    }

    /// <summary>Radians per position for each of the d/2 pairs, fastest first.</summary>
    public double[] Frequencies(int headSize) => _frequencies.GetOrAdd(headSize, size =>
    {
        double[] frequencies = new double[size / 2];
        for (int i = 0; i < frequencies.Length; i++)
        {
            double frequency = 1 / Transcendentals.Pow(Theta, 2.0 * i / size);
            frequencies[i] = Scaling?.Apply(frequency) ?? frequency;
        }

        return frequencies;
    });
}
