using MWork.Probes.Statistics;
using Shouldly;

namespace MWork.Regression.Statistics;

public sealed class QuadratureTests
{
    [Theory, InlineData(2), InlineData(16), InlineData(20), InlineData(32), InlineData(256)]
    public void Gauss_Legendre_is_exact_up_to_twice_its_nodes(int nodes)
    {
        Quadrature rule = Quadrature.GaussLegendre(nodes);
        rule.Nodes.Count.ShouldBe(nodes);
        foreach (int degree in (int[])[0, 1, nodes, (2 * nodes) - 1])
        {
            Integral(rule, x => Math.Pow(x, degree)).ShouldBe(1.0 / (degree + 1), 1e-12);
        }
    }

    [Fact]
    public void The_midpoint_rule_is_exact_for_lines_and_nearly_for_curves()
    {
        Integral(Quadrature.Midpoint(1), x => (3 * x) + 1).ShouldBe(2.5, 1e-12);
        Quadrature.Midpoint(4).Nodes.ShouldBe([0.125, 0.375, 0.625, 0.875]);
        Integral(Quadrature.Midpoint(20), x => x * x).ShouldBe(1.0 / 3, 3e-4);
        Integral(Quadrature.Midpoint(1), x => x * x).ShouldBe(0.25, 1e-12);
    }

    [Theory, InlineData(8), InlineData(16)]
    public void In_the_root_it_is_exact_for_half_the_degree_and_better_at_a_bend_near_zero(int nodes)
    {
        Quadrature plain = Quadrature.GaussLegendre(nodes);
        Quadrature rule = plain.InRoot();
        foreach (int degree in (int[])[0, 1, nodes - 1])
        {
            Integral(rule, x => Math.Pow(x, degree)).ShouldBe(1.0 / (degree + 1), 1e-12);
        }

        const double Bend = 0.01;
        double Error(Quadrature used) => Math.Abs(Integral(used, x => Math.Exp(-x / Bend)) - (Bend * (1 - Math.Exp(-1 / Bend))));
        Error(rule).ShouldBeLessThan(Error(plain) / 5);
    }

    [Fact]
    public void Rules_on_parts_add_up_to_the_whole()
    {
        Quadrature rule = Quadrature.GaussLegendre(4);
        Quadrature[] parts = [rule.On(0, 0.25), rule.On(0.25, 1)];
        parts[0].Nodes.ShouldAllBe(node => node > 0 && node < 0.25);
        parts[1].Nodes.ShouldAllBe(node => node > 0.25 && node < 1);
        Integral(parts[0], x => Math.Pow(x, 7)).ShouldBe(Math.Pow(0.25, 8) / 8, 1e-14);
        parts.Sum(part => Integral(part, x => Math.Pow(x, 7))).ShouldBe(1.0 / 8, 1e-12);
        parts.Sum(part => Integral(part.InRoot(), x => x)).ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public void A_size_that_would_be_computed_anew_on_each_machine_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Quadrature.GaussLegendre(24));

    private static double Integral(Quadrature rule, Func<double, double> f) => rule.Nodes.Zip(rule.Weights, (node, weight) => weight * f(node)).Sum();
}
