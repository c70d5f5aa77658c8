using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Tasks;
using MWork.Probes.Text;
using MWork.Regression.Models;
using Shouldly;

namespace MWork.Regression.Tasks;

public sealed class DropTests
{
    private static readonly Prompt[] s_prompts = TinyPrompts.Draw(4);
    private static readonly CandidateScore[] s_clean = [new(true, 3, 0), new(true, 2, 0), new(true, 1, 0), new(false, -1, 0)];

    [Fact]
    public void It_is_the_log_odds_lost_and_hurting_counts_up()
    {
        var drop = new Drop(s_prompts, s_clean, [new(true, 1, 0), new(true, 2, 0), new(false, -1, 0), new(true, 1, 0)]);
        drop.LogOdds.ShouldBe([2, 0, 2, -2]);
        drop.Mean().ShouldBe(0.5);
    }

    [Fact]
    public void The_ratio_is_what_is_left_above_chance()
    {
        // Four candidates each: chance ¼, clean ¾, off ½ or ¼.
        var half = new Drop(s_prompts, s_clean, [new(true, 3, 0), new(true, 2, 0), new(false, 0, 0), new(false, -1, 0)]);
        half.Ratio().ShouldBe(0.5, 1e-12);
        half.Ratio([0, 1, 1]).ShouldBe(1, 1e-12);
        new Drop(s_prompts, s_clean, [new(true, 3, 0), new(false, 0, 0), new(false, 0, 0), new(false, -1, 0)]).Ratio().ShouldBe(0, 1e-12);
    }

    [Fact]
    public void The_ratio_of_a_model_that_guesses_is_NaN() =>
        new Drop(s_prompts, [s_clean[0], s_clean[3], s_clean[3], s_clean[3]], s_clean).Ratio().ShouldBe(double.NaN);

    [Fact]
    public void No_items_give_NaN_and_lists_that_are_not_parallel_are_refused()
    {
        new Drop([], [], []).Mean().ShouldBe(double.NaN);
        Should.Throw<ArgumentException>(() => new Drop(s_prompts, s_clean, s_clean[..3]));
    }

    [Fact]
    public void A_plan_that_changes_nothing_costs_nothing()
    {
        using LanguageModel model = TinyPrompts.Model();
        Drop.Measure(model, s_prompts, SitePlan.None.Zero(NeuronSet.Empty)).LogOdds.ShouldAllBe(drop => drop == 0);
        Drop.Measure(model, s_prompts, SitePlan.None.Zero(Sites.FfnActivation(0), [0, 1, 2])).LogOdds.ShouldAllBe(drop => drop != 0);
    }
}
