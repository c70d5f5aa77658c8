using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using Shouldly;

namespace MWork.Regression.Statistics;

public sealed class TwoWayCellTests
{
    [Fact]
    public void All_cells_give_the_interval_of_the_whole_matrix()
    {
        (double[,] matrix, TwoWayCell[] cells) = Drawn(facts: 12, draws: 9, every: 1);
        var bootstrap = new Bootstrap(new CounterRandom(4), 500);
        Estimate whole = bootstrap.TwoWayMean(matrix, 0.9);
        Estimate given = bootstrap.TwoWayMean(cells, 0.9);
        given.Value.ShouldBe(whole.Value, 1e-12);
        given.Interval.Low.ShouldBe(whole.Interval.Low, 1e-12);
        given.Interval.High.ShouldBe(whole.Interval.High, 1e-12);
        given.N.ShouldBe(12);
    }

    [Fact]
    public void A_few_cells_of_many_estimate_the_same_and_say_that_they_know_less()
    {
        (double[,] matrix, TwoWayCell[] cells) = Drawn(facts: 40, draws: 60, every: 7);
        var bootstrap = new Bootstrap(new CounterRandom(4), 1000);
        Estimate whole = bootstrap.TwoWayMean(matrix);
        Estimate given = bootstrap.TwoWayMean(cells);
        given.Interval.Contains(whole.Value).ShouldBeTrue();
        (given.Interval.High - given.Interval.Low).ShouldBeGreaterThan(whole.Interval.High - whole.Interval.Low);
    }

    [Fact]
    public void One_fact_or_one_draw_or_a_value_that_is_not_finite_leaves_it_undefined()
    {
        var bootstrap = new Bootstrap(new CounterRandom(4), 100);
        bootstrap.TwoWayMean([new(1, 1, 2), new(1, 2, 2)]).Interval.IsDefined.ShouldBeFalse();
        bootstrap.TwoWayMean([new(1, 1, 2), new(2, 1, 2)]).Interval.IsDefined.ShouldBeFalse();
        bootstrap.TwoWayMean([new(1, 1, 2), new(2, 2, double.NaN)]).Interval.IsDefined.ShouldBeFalse();
        bootstrap.TwoWayMean([]).Value.ShouldBe(double.NaN);
    }

    [Fact]
    public void Draws_of_one_fact_are_drawn_anew_with_it_and_those_of_several_cannot_be()
    {
        // 12 facts with 3 draws each: the population of the redrawn facts, of which some come twice.
        TwoWayCell[] nested = [.. Enumerable.Range(0, 36).Select(draw => new TwoWayCell(draw % 12, draw, draw % 12))];
        var redraw = Redraw.OfTwoWay(nested, 0.95);
        Interval first = redraw.Again(new CounterRandom(1));
        redraw.Again(new CounterRandom(1)).ShouldBe(first);
        redraw.Again(new CounterRandom(2)).ShouldNotBe(first);
        first.Contains(5.5).ShouldBeTrue();
        Should.Throw<ArgumentException>(() => Redraw.OfTwoWay(Drawn(facts: 3, draws: 3, every: 1).Cells, 0.95)).Message.ShouldContain("several facts");
    }

    // A fact's own level, a draw's own level, and noise.
    private static (double[,] Matrix, TwoWayCell[] Cells) Drawn(int facts, int draws, int every)
    {
        var random = new CounterRandom(11);
        double[] ofFact = [.. Enumerable.Range(0, facts).Select(_ => random.NextGaussian())];
        double[] ofDraw = [.. Enumerable.Range(0, draws).Select(_ => random.NextGaussian())];
        double[,] matrix = new double[facts, draws];
        List<TwoWayCell> cells = [];
        for (int fact = 0; fact < facts; fact++)
        {
            for (int draw = 0; draw < draws; draw++)
            {
                matrix[fact, draw] = ofFact[fact] + ofDraw[draw] + random.NextGaussian();
                if (((fact * draws) + draw) % every == 0)
                {
                    cells.Add(new TwoWayCell(fact, draw, matrix[fact, draw]));
                }
            }
        }

        return (matrix, [.. cells]);
    }
}
