using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using Shouldly;

namespace MWork.Regression.Statistics;

/// <summary>A level that is none is refused before the data are looked at: otherwise it would be noticed only where there are enough of them.</summary>
public sealed class LevelTests
{
    private static readonly Bootstrap s_bootstrap = new(new CounterRandom(1), 10);

    private static readonly Dictionary<string, Action<double>> s_intervals = new()
    {
        ["mean"] = level => s_bootstrap.Mean([1], level),
        ["statistic"] = level => s_bootstrap.Statistic(1, _ => 1, level),
        ["two ways, matrix"] = level => s_bootstrap.TwoWayMean(new double[1, 1], level),
        ["two ways, cells"] = level => s_bootstrap.TwoWayMean([new TwoWayCell(1, 1, 1)], level),
        ["seeds"] = level => StudentT.Mean([1], level),
        ["subsampling"] = level => Subsampling.Of([1], 1, 2, level),
        ["Clopper–Pearson"] = level => Proportion.ClopperPearson(1, 2, level),
        ["Wilson"] = level => Proportion.Wilson(0, 0, level),
        ["Bonferroni"] = level => MultipleTesting.BonferroniLevel(2, level),
    };

    public static TheoryData<string, double> Cases
    {
        get
        {
            var cases = new TheoryData<string, double>();
            foreach (string interval in s_intervals.Keys)
            {
                cases.Add(interval, 0);
                cases.Add(interval, 1);
                cases.Add(interval, double.NaN);
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_level_outside_0_to_1_is_refused_by(string interval, double level) =>
        Should.Throw<ArgumentOutOfRangeException>(() => s_intervals[interval](level)).Message.ShouldContain("confidence level");
}
