namespace MWork.Probes.Models.Parity;

/// <summary>How far one tensor lies from its reference value.</summary>
/// <param name="Tensor">Its name in <c>expected.safetensors</c>.</param>
/// <param name="Difference">Largest absolute difference, divided by the largest reference value where <paramref name="Relative"/>.</param>
/// <param name="Tolerance">What the difference may be.</param>
/// <param name="Relative">Whether the difference is relative.</param>
public sealed record ParityRow(string Tensor, double Difference, double Tolerance, bool Relative)
{
    /// <summary>NaN is a failure.</summary>
    public bool Passes => Difference <= Tolerance;
}
