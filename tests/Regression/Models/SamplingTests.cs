using MWork.Probes.Models.Generation;
using MWork.Probes.Tensors;
using Shouldly;

namespace MWork.Regression.Models;

/// <summary>Which token a number falls on, given logits.</summary>
public sealed class SamplingTests
{
    // ln of 1, 2, 3, 2 and nothing: shares 1/8, 2/8, 3/8, 2/8, 0.
    private static readonly float[] s_logits =
        [0, (float)Transcendentals.Log(2), (float)Transcendentals.Log(3), (float)Transcendentals.Log(2), float.NegativeInfinity];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.12, 0)]
    [InlineData(0.13, 1)]
    [InlineData(0.37, 1)]
    [InlineData(0.38, 2)]
    [InlineData(0.74, 2)]
    [InlineData(0.76, 3)]
    [InlineData(0.9999999999, 3)]
    public void Tokens_lie_side_by_side_in_the_order_of_their_ids(double uniform, int id) =>
        new Sampling().Pick(s_logits, uniform).ShouldBe(id);

    [Fact]
    public void Top_k_keeps_the_likeliest_and_the_lower_ids_among_equals()
    {
        Support(new Sampling { TopK = 1 }).ShouldBe([2]);
        Support(new Sampling { TopK = 2 }).ShouldBe([1, 2]);
        Support(new Sampling { TopK = 3 }).ShouldBe([1, 2, 3]);
        Support(new Sampling { TopK = 100 }).ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public void Top_p_keeps_the_fewest_that_reach_the_share()
    {
        Support(new Sampling { TopP = 0.01 }).ShouldBe([2]);
        Support(new Sampling { TopP = 0.37 }).ShouldBe([2]);
        Support(new Sampling { TopP = 0.38 }).ShouldBe([1, 2]);
        Support(new Sampling { TopP = 0.63 }).ShouldBe([1, 2, 3]);
        Support(new Sampling { TopP = 0.88 }).ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public void Top_p_counts_shares_of_what_top_k_left()
    {
        // Of tokens 1 and 2, the latter has 3/5.
        Support(new Sampling { TopK = 2, TopP = 0.59 }).ShouldBe([2]);
        Support(new Sampling { TopK = 2, TopP = 0.61 }).ShouldBe([1, 2]);
    }

    [Fact]
    public void Temperature_divides_the_logits()
    {
        // Squared shares: 1, 4, 9, 4 of 18.
        var cold = new Sampling { Temperature = 0.5 };
        cold.Pick(s_logits, 0.99 / 18).ShouldBe(0);
        cold.Pick(s_logits, 1.01 / 18).ShouldBe(1);
        cold.Pick(s_logits, 4.99 / 18).ShouldBe(1);
        cold.Pick(s_logits, 5.01 / 18).ShouldBe(2);
        cold.Pick(s_logits, 14.01 / 18).ShouldBe(3);
        Support(new Sampling { Temperature = 1e-300 }).ShouldBe([2]);
    }

    [Fact]
    public void Adding_a_constant_to_the_logits_changes_nothing() =>
        Support(new Sampling { TopP = 0.63 }, [.. s_logits.Select(logit => logit + 1000)]).ShouldBe([1, 2, 3]);

    [Fact]
    public void Streams_of_prompts_seeds_and_steps_are_uniform_and_unrelated()
    {
        const int Draws = 4000;
        double[] bySeed = [.. Enumerable.Range(0, Draws).Select(i => Uniform((ulong)i, [1, 2], 0))];
        double[] byPrompt = [.. Enumerable.Range(0, Draws).Select(i => Uniform(0, [i], 0))];
        double[] byStep = [.. Enumerable.Range(0, Draws).Select(i => Uniform(0, [1, 2], i))];
        double[] byNextStep = [.. Enumerable.Range(0, Draws).Select(i => Uniform((ulong)i, [1, 2], 1))];
        foreach (double[] draws in (double[][])[bySeed, byPrompt, byStep, byNextStep])
        {
            // The mean of uniform numbers has standard deviation 1/√(12 n); four of them either way.
            draws.Average().ShouldBe(0.5, tolerance: 4 / Math.Sqrt(12.0 * Draws));
        }

        // The product of two centred ones has standard deviation 1/12.
        bySeed.Zip(byNextStep, (a, b) => (a - 0.5) * (b - 0.5)).Average().ShouldBe(0, tolerance: 4.0 / 12 / Math.Sqrt(Draws));
        Uniform(0, [1, 23], 0).ShouldNotBe(Uniform(0, [12, 3], 0));

        static double Uniform(ulong seed, int[] prompt, int step) =>
            new Sampling { Seed = seed }.Stream(prompt).Fork(step).NextDouble();
    }

    // The ids that some number falls on.
    private static int[] Support(Sampling sampling, float[]? logits = null) =>
        [.. Enumerable.Range(0, 1000).Select(i => sampling.Pick(logits ?? s_logits, i / 1000.0)).Distinct().Order()];
}
