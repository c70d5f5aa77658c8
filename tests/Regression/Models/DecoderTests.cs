using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using Shouldly;

namespace MWork.Regression.Models;

public sealed class DecoderTests : IDisposable
{
    private static readonly int[][] s_rows = [[1, 5, 9, 30, 2], [7, 7, 3], [4, 0, 11, 12, 13, 14, 15]];

    private readonly ManagedBackend _ops = ManagedBackend.Shared;
    private readonly Decoder _decoder = TinyModel.Create();
    private readonly TensorScope _scope = new();

    [Fact]
    public void A_row_gives_the_same_bits_alone_and_in_a_ragged_batch()
    {
        float[] together = _decoder.Forward(_ops, TokenBatch.Of(s_rows), logits: LogitsAt.Last).Logits.ToArray();
        float[][] alone = [.. s_rows.Select(row => _decoder.Forward(_ops, TokenBatch.Of([row]), logits: LogitsAt.Last).Logits.ToArray())];
        together.ShouldBe(alone.SelectMany(row => row).ToArray());
    }

    [Fact]
    public void The_cache_gives_the_same_bits_as_one_long_pass()
    {
        int[] row = s_rows[2];
        float[] whole = _decoder.Forward(_ops, TokenBatch.Of([row]), logits: LogitsAt.Last).Logits.ToArray();
        using var cache = new KeyValueCache(_ops, TinyModel.Config, 1, row.Length);
        _decoder.Forward(_ops, TokenBatch.Of([row[..3]]), cache: cache);
        _decoder.Forward(_ops, TokenBatch.Of([row[3..6]]), cache: cache);
        _decoder.Forward(_ops, TokenBatch.Of([row[6..]]), cache: cache, logits: LogitsAt.Last).Logits.ToArray().ShouldBe(whole);
        cache.Lengths.ShouldBe([row.Length]);
    }

    [Fact]
    public void Rows_of_a_cache_fill_independently()
    {
        using var cache = new KeyValueCache(_ops, TinyModel.Config, 3, 8);
        _decoder.Forward(_ops, TokenBatch.Of(s_rows), cache: cache);
        float[] next = _decoder.Forward(_ops, TokenBatch.Of([[3], [4], [5]]), cache: cache).Logits.ToArray();
        float[] whole = _decoder.Forward(
            _ops, TokenBatch.Of([[.. s_rows[0], 3], [.. s_rows[1], 4], [.. s_rows[2], 5]]), logits: LogitsAt.Last).Logits.ToArray();
        next.ShouldBe(whole);
    }

    [Fact]
    public void A_full_cache_is_refused_before_anything_is_written()
    {
        using var cache = new KeyValueCache(_ops, TinyModel.Config, 1, 4);
        Should.Throw<ArgumentException>(() => _decoder.Forward(_ops, TokenBatch.Of([s_rows[0]]), cache: cache)).Message.ShouldContain("4 positions");
        cache.Lengths.ShouldBe([0]);
    }

    [Fact]
    public void Recording_does_not_change_a_bit()
    {
        float[] plain = _decoder.Forward(_ops, TokenBatch.Of(s_rows)).Logits.ToArray();
        ForwardPass recorded = _decoder.Forward(_ops, TokenBatch.Of(s_rows), SitePlan.None.Record(Sites.All(TinyModel.Config.Layers)));
        recorded.Logits.ToArray().ShouldBe(plain);
        recorded[Sites.Probs(1)].Shape.ToArray().ShouldBe([3, 4, 7, 7]);
        recorded[Sites.FfnActivation(2)].Shape.ToArray().ShouldBe([3, 7, 40]);
    }

    [Fact]
    public void Every_site_can_be_edited_and_every_edit_shows()
    {
        float[] plain = _decoder.Forward(_ops, TokenBatch.Of(s_rows)).Logits.ToArray();
        foreach (string site in Sites.All(TinyModel.Config.Layers))
        {
            using var scope = new TensorScope();
            SitePlan plan = SitePlan.None.Edit(site, (ops, value) => ops.Mul(value, 0.5f));
            _decoder.Forward(_ops, TokenBatch.Of(s_rows), plan).Logits.ToArray().ShouldNotBe(plain, site);
        }
    }

    [Fact]
    public void An_edit_leaves_the_next_call_and_the_weights_as_they_were()
    {
        float[][] before = [.. _decoder.Weights.All.Select(weight => weight.Value.ToArray())];
        float[] plain = _decoder.Forward(_ops, TokenBatch.Of(s_rows)).Logits.ToArray();
        _decoder.Forward(_ops, TokenBatch.Of(s_rows), SitePlan.None.Edit(Sites.FfnActivation(1), (ops, value) => ops.Mul(value, 0)));
        _decoder.Forward(_ops, TokenBatch.Of(s_rows)).Logits.ToArray().ShouldBe(plain);
        _decoder.Weights.All.Select(weight => weight.Value.ToArray()).Zip(before).ShouldAllBe(pair => pair.First.SequenceEqual(pair.Second));
    }

    [Fact]
    public void Edits_of_one_site_follow_each_other()
    {
        SitePlan twice = SitePlan.None.Edit(Sites.Embed, (ops, x) => ops.Mul(x, 2)).Edit(Sites.Embed, (ops, x) => ops.Add(x, 1));
        SitePlan once = SitePlan.None.Edit(Sites.Embed, (ops, x) => ops.Add(ops.Mul(x, 2), 1));
        _decoder.Forward(_ops, TokenBatch.Of(s_rows), twice).Logits.ToArray().ShouldBe(_decoder.Forward(_ops, TokenBatch.Of(s_rows), once).Logits.ToArray());
    }

    [Fact]
    public void An_unknown_site_is_refused_by_name() => Should.Throw<ArgumentException>(
        () => _decoder.Forward(_ops, TokenBatch.Of(s_rows), SitePlan.None.Record("blocks.3.resid_post"))).Message.ShouldContain("blocks.3.resid_post");

    [Fact]
    public void A_token_outside_the_vocabulary_is_refused() =>
        Should.Throw<ArgumentException>(() => _decoder.Forward(_ops, TokenBatch.Of([[31]]))).Message.ShouldContain("31");

    [Fact]
    public void A_later_token_cannot_be_seen()
    {
        float[] first = _decoder.Forward(_ops, TokenBatch.Of([[1, 2, 3]])).Logits.ToArray();
        float[] second = _decoder.Forward(_ops, TokenBatch.Of([[1, 2, 30]])).Logits.ToArray();
        first[..(2 * 31)].ShouldBe(second[..(2 * 31)]);
        first[(2 * 31)..].ShouldNotBe(second[(2 * 31)..]);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _decoder.Weights.Dispose();
    }
}
