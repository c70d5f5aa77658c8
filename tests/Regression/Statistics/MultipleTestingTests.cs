using FsCheck;
using FsCheck.Xunit;
using MWork.Probes.Statistics;
using Shouldly;

namespace MWork.Regression.Statistics;

public sealed class MultipleTestingTests
{
    // The fifteen p values of Benjamini & Hochberg (1995), section 3.1: at 5 % Bonferroni finds three, their procedure four.
    private static readonly double[] Published =
        [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1];

    [Fact]
    public void Discoveries_are_the_published_ones()
    {
        MultipleTesting.Holm(Published).Count(p => p <= 0.05).ShouldBe(3);
        double[] adjusted = MultipleTesting.BenjaminiHochberg(Published);
        adjusted.Count(p => p <= 0.05).ShouldBe(4);
        adjusted[3].ShouldBe(.0095 * 15 / 4, 1e-12);
        adjusted[5].ShouldBe(.0298 * 15 / 7, 1e-12);
    }

    [Fact]
    public void Adjusted_values_are_those_of_R()
    {
        // R: p.adjust(c(.04, .01, .05, .03, .02), "holm") and "BH".
        MultipleTesting.Holm([.04, .01, .05, .03, .02]).ShouldBe([.09, .05, .09, .09, .08], 1e-12);
        MultipleTesting.BenjaminiHochberg([.04, .01, .05, .03, .02]).ShouldBe([.05, .05, .05, .05, .05], 1e-12);
    }

    [Fact]
    public void What_was_not_tested_is_not_counted()
    {
        MultipleTesting.Holm([double.NaN, 0.02, 0.03]).ShouldBe([double.NaN, 0.04, 0.04]);
        MultipleTesting.BenjaminiHochberg([]).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => MultipleTesting.Holm([1.5]));
    }

    [Property]
    public void Adjusting_never_lowers_a_p_nor_changes_their_order(byte[] raw)
    {
        double[] p = [.. raw.Select(value => value / 255.0)];
        double[] holm = MultipleTesting.Holm(p);
        double[] discovery = MultipleTesting.BenjaminiHochberg(p);
        for (int i = 0; i < p.Length; i++)
        {
            holm[i].ShouldBeGreaterThanOrEqualTo(p[i]);
            holm[i].ShouldBeLessThanOrEqualTo(1);
            discovery[i].ShouldBeInRange(p[i], holm[i]);
            for (int j = 0; j < p.Length; j++)
            {
                if (p[i] <= p[j])
                {
                    holm[i].ShouldBeLessThanOrEqualTo(holm[j]);
                    discovery[i].ShouldBeLessThanOrEqualTo(discovery[j]);
                }
            }
        }
    }

    [Fact]
    public void Levels_and_draws_follow_the_number_of_languages()
    {
        MultipleTesting.BonferroniLevel(1).ShouldBe(0.95, 1e-15);
        MultipleTesting.BonferroniLevel(5).ShouldBe(0.99, 1e-15);
        MultipleTesting.ControlDraws(1).ShouldBe(399);
        MultipleTesting.ControlDraws(4).ShouldBe(1599);
        Should.Throw<ArgumentOutOfRangeException>(() => MultipleTesting.BonferroniLevel(0));
    }
}
