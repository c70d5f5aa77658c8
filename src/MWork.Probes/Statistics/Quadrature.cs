using MathNet.Numerics.Integration;

namespace MWork.Probes.Statistics;

/// <summary>A rule for ∫₀¹ f(α) dα ≈ Σ weight · f(node).</summary>
public sealed record Quadrature(string Name, IReadOnlyList<double> Nodes, IReadOnlyList<double> Weights)
{
    /// <summary>The midpoints of <paramref name="nodes"/> equal steps.</summary>
    public static Quadrature Midpoint(int nodes) => new(
        $"midpoint {nodes}",
        [.. Enumerable.Range(0, nodes).Select(i => (i + 0.5) / nodes)],
        [.. Enumerable.Repeat(1.0 / nodes, nodes)]);

    /// <summary>
    /// Gauss–Legendre: exact for polynomials up to degree 2n − 1. Only sizes whose nodes the library holds as constants, so that they are
    /// the same on every machine: 2 to 20, 32, 64, 96, 100, 128, 256, 512, 1024.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Another size.</exception>
    public static Quadrature GaussLegendre(int nodes)
    {
        if (nodes is not ((>= 2 and <= 20) or 32 or 64 or 96 or 100 or 128 or 256 or 512 or 1024))
        {
            throw new ArgumentOutOfRangeException(nameof(nodes), nodes, "There are constants for 2 to 20, 32, 64, 96, 100, 128, 256, 512 and 1024 nodes.");
        }

        var rule = new GaussLegendreRule(0, 1, nodes);
        return new Quadrature($"Gauss–Legendre {nodes}", rule.Abscissas, rule.Weights);
    }

    /// <summary>The same rule for ∫ over [from, to].</summary>
    public Quadrature On(double from, double to) => new(
        $"{Name} on [{from:0.###}, {to:0.###}]", [.. Nodes.Select(node => from + ((to - from) * node))], [.. Weights.Select(weight => (to - from) * weight)]);

    /// <summary>The same rule in √α: ∫₀¹ f(α) dα = ∫₀¹ f(u²) 2u du. Its nodes crowd towards 0, for integrands that bend there.</summary>
    public Quadrature InRoot() => new(
        $"{Name} in √α", [.. Nodes.Select(u => u * u)], [.. Nodes.Zip(Weights, (u, weight) => 2 * u * weight)]);
}
