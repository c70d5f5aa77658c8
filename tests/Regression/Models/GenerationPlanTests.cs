using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Models.Generation;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using Shouldly;

namespace MWork.Regression.Models;

/// <summary>Interventions during generation: what a plan edits, in the pass over the prompt and in every later one.</summary>
public sealed class GenerationPlanTests : IDisposable
{
    private static readonly int[][] s_prompts = [[1, 5, 9, 30, 2], [7, 7, 3], [4, 0, 11, 12, 13, 14, 15]];
    private static readonly GenerationOptions s_options = new() { MaxNewTokens = 6 };

    private readonly ManagedBackend _ops = ManagedBackend.Shared;
    private readonly Decoder _decoder = TinyModel.Create(seed: 3);

    public void Dispose() => _decoder.Weights.Dispose();

    [Fact]
    public void An_edit_of_the_logits_decides_every_token()
    {
        float[] only = [.. Enumerable.Repeat(float.NegativeInfinity, 31)];
        only[17] = 0;
        SitePlan plan = SitePlan.None.Edit(Sites.Logits, (ops, x) => ops.Add(ops.Mul(x, 0), ops.FromArray(only, 31)));
        foreach (Sampling? sampling in (Sampling?[])[null, new Sampling { Temperature = 2 }])
        {
            Ids((s_options with { Sampling = sampling }).Under(plan))
                .ShouldAllBe(ids => ids.SequenceEqual(Enumerable.Repeat(17, 6)));
        }
    }

    [Fact]
    public void A_plan_for_one_step_changes_nothing_before_it()
    {
        int[][] plain = Ids(s_options);
        int[][] given = Ids(s_options with
        {
            Plan = pass => pass.Step == 3 ? Ban(plain[pass.Prompts[0]][3]) : SitePlan.None,
            BatchRows = 1,
        });
        for (int row = 0; row < plain.Length; row++)
        {
            given[row][..3].ShouldBe(plain[row][..3]);
            given[row][3].ShouldNotBe(plain[row][3]);
        }

        SitePlan Ban(int id) => SitePlan.None.Edit(Sites.Logits, (ops, x) =>
        {
            float[] ban = new float[31];
            ban[id] = float.NegativeInfinity;
            return ops.Add(x, ops.FromArray(ban, 31));
        });
    }

    [Fact]
    public void An_edit_by_position_means_the_same_with_and_without_the_cache_and_in_any_batch()
    {
        int[][] plain = Ids(s_options);

        // Positions 2 to 8 lie partly in the prompts and partly behind them.
        GenerationOptions edited = s_options with
        {
            Plan = pass => SitePlan.None.Edit(Sites.ResidPost(0), (ops, x) => ops.Add(x, Push(ops, pass, from: 2, to: 8))),
        };
        int[][] given = Ids(edited);
        given.ShouldNotBe(plain);
        Ids(edited with { UseCache = false }).ShouldBe(given);
        Ids(edited with { BatchRows = 1 }).ShouldBe(given);
        Ids(edited with { BatchRows = 2, UseCache = false }).ShouldBe(given);

        // Where no pass stands in the range, nothing is edited.
        Ids(s_options with
        {
            Plan = pass => SitePlan.None.Edit(Sites.ResidPost(0), (ops, x) => ops.Add(x, Push(ops, pass, from: 100, to: 200))),
        }).ShouldBe(plain);
    }

    [Fact]
    public void A_plan_reads_where_it_stands()
    {
        var passes = new List<GenerationPass>();
        Ids(s_options with { Observe = (pass, _) => passes.Add(pass) });
        passes.Count.ShouldBe(6);
        passes[0].Starts.ShouldBe([0, 0, 0]);
        passes[0].Tokens.Lengths.ShouldBe([5, 3, 7]);
        passes[4].Step.ShouldBe(4);
        passes[4].Starts.ShouldBe([5 + 3, 3 + 3, 7 + 3]);
        passes[4].PromptLengths.ShouldBe([5, 3, 7]);
        passes[4].Tokens.Lengths.ShouldBe([1, 1, 1]);
        passes.Clear();
        Ids(s_options with { Observe = (pass, _) => passes.Add(pass), UseCache = false });
        passes[4].Starts.ShouldBe([0, 0, 0]);
        passes[4].Tokens.Lengths.ShouldBe([5 + 4, 3 + 4, 7 + 4]);
    }

    [Fact]
    public void Recorded_sites_are_there_to_be_observed()
    {
        var shapes = new List<int[]>();
        Ids(s_options.Under(SitePlan.None.Record(Sites.ResidPost(1))) with
        {
            Observe = (_, forward) => shapes.Add(forward[Sites.ResidPost(1)].Shape.ToArray()),
        });
        shapes[0].ShouldBe([3, 7, 24]);
        shapes[1..].ShouldAllBe(shape => shape.SequenceEqual(new[] { 3, 1, 24 }));
    }

    [Fact]
    public void A_plan_leaves_the_weights_and_the_next_generation_as_they_were()
    {
        int[][] plain = Ids(s_options);
        float[][] before = [.. _decoder.Weights.All.Select(weight => weight.Value.ToArray())];
        Ids(s_options.Under(SitePlan.None.Zero(Sites.FfnActivation(1), [.. Enumerable.Range(0, 40)]))).ShouldNotBe(plain);
        Ids(s_options).ShouldBe(plain);
        _decoder.Weights.All.Select(weight => weight.Value.ToArray()).Zip(before)
            .ShouldAllBe(pair => pair.First.SequenceEqual(pair.Second));
    }

    // [B, T, D], ones at the positions from <= p < to of each row's text.
    private static Tensor Push(ITensorOps ops, GenerationPass pass, int from, int to)
    {
        (int rows, int width) = (pass.Tokens.Rows, pass.Tokens.Width);
        float[] push = new float[rows * width * 24];
        for (int i = 0; i < push.Length; i++)
        {
            int position = pass.Starts[i / 24 / width] + (i / 24 % width);
            push[i] = position >= from && position < to ? (i % 24 % 3) - 1 : 0;
        }

        return ops.FromArray(push, rows, width, 24);
    }

    private int[][] Ids(GenerationOptions options) =>
        [.. Generator.Generate(_decoder, _ops, s_prompts, options).Select(row => row.Ids.ToArray())];
}
