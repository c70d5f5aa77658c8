using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Models;

/// <summary>A pass that goes on from a block gives the bits of the whole pass, in every family.</summary>
public sealed class ForwardFromTests : IDisposable
{
    private static readonly int[][] s_rows = [[1, 5, 9, 30, 2], [7, 7, 3], [4, 0, 11, 12, 13, 14, 15]];

    private readonly ManagedBackend _ops = ManagedBackend.Shared;
    private readonly TensorScope _scope = new();

    public static TheoryData<string> Checkpoints =>
        [.. Directory.EnumerateDirectories(Repository.Fixture("golden", "models")).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Checkpoints))]
    public void It_ends_in_the_bits_of_the_whole_pass_from_every_block(string checkpoint)
    {
        (Decoder decoder, _) = ModelDirectory.LoadDecoder(Repository.Fixture("golden", "models", checkpoint), _ops);
        TokenBatch batch = TokenBatch.Of(s_rows);
        int last = decoder.Config.Layers - 1;
        foreach (int layer in Enumerable.Range(0, decoder.Config.Layers))
        {
            foreach (Entrance entrance in (Entrance[])[new(layer), new(layer, AtNeurons: true)])
            {
                ForwardPass clean = decoder.Forward(_ops, batch, SitePlan.None.Record(entrance.Sites));
                Tensor[] values = [.. entrance.Sites.Select(site => clean[site])];
                SitePlan edited = SitePlan.None.Zero(Sites.FfnActivation(layer), [0, 3, 5]);
                SitePlan intoLast = edited.Zero(Sites.FfnOut(last), [1]);
                string[] recorded = [entrance.Sites[^1], Sites.ResidPost(layer), Sites.ResidPost(last)];

                // The last block's attention has been where a pass goes on at its neurons.
                if (entrance != new Entrance(last, AtNeurons: true))
                {
                    intoLast = intoLast.Zero(Sites.Value(last), [1]);
                    recorded = [.. recorded, Sites.Probs(last)];
                }

                // Where nothing in the last block is asked for, it runs at last positions only.
                foreach ((SitePlan plan, string[] seen) in ((SitePlan, string[])[])[(SitePlan.None, []), (edited, []), (intoLast.Record(recorded), recorded)])
                {
                    foreach (LogitsAt logits in (LogitsAt[])[LogitsAt.All, LogitsAt.Last])
                    {
                        ForwardPass whole = decoder.Forward(_ops, batch, plan, logits: logits);
                        ForwardPass rest = decoder.ForwardFrom(_ops, batch, entrance, values, plan, logits);
                        rest.Logits.ToArray().ShouldBe(whole.Logits.ToArray());
                        Array.ForEach(seen, site => rest[site].ToArray().ShouldBe(whole[site].ToArray()));
                    }
                }
            }
        }

        decoder.Weights.Dispose();
    }

    [Theory, MemberData(nameof(Checkpoints))]
    public void Rows_can_be_put_together_anew(string checkpoint)
    {
        Entrance[] entrances = [new(1), new(1, AtNeurons: true)];
        (Decoder decoder, string hash) = ModelDirectory.LoadDecoder(Repository.Fixture("golden", "models", checkpoint), _ops);
        var model = new LanguageModel(decoder, TinyPrompts.Tokenizer, _ops, hash);
        float[] whole = decoder.Forward(_ops, TokenBatch.Of([s_rows[2], s_rows[0], s_rows[1], s_rows[0]]), logits: LogitsAt.Last).Logits.ToArray();
        foreach ((Entrance entrance, CleanStart own) in entrances.Zip(CleanStart.At(entrances, model, s_rows)))
        {
            using CleanStart start = own;
            start.Entrance.ShouldBe(entrance);
            (TokenBatch tokens, Tensor[] values) = start.Rows(_ops, [2, 0, 1, 0]);
            tokens.Lengths.ShouldBe([7, 5, 3, 5]);
            decoder.ForwardFrom(_ops, tokens, entrance, values, logits: LogitsAt.Last).Logits.ToArray().ShouldBe(whole);
        }

        decoder.Weights.Dispose();
    }

    /// <summary>Nothing but the last position of the last block is computed where nothing else is read, which must not be seen in the bits.</summary>
    [Theory, MemberData(nameof(Checkpoints))]
    public void The_last_logits_have_the_bits_of_those_at_all_positions(string checkpoint)
    {
        (Decoder decoder, _) = ModelDirectory.LoadDecoder(Repository.Fixture("golden", "models", checkpoint), _ops);
        TokenBatch batch = TokenBatch.Of(s_rows);
        int last = decoder.Config.Layers - 1;
        foreach (SitePlan plan in (SitePlan[])[SitePlan.None, SitePlan.None.Zero(Sites.FfnActivation(last - 1), [0, 3]), SitePlan.None.Zero(Sites.FfnActivation(last), [0, 3])])
        {
            float[] all = batch.Last(_ops, decoder.Forward(_ops, batch, plan).Logits).ToArray();
            decoder.Forward(_ops, batch, plan, logits: LogitsAt.Last).Logits.ToArray().ShouldBe(all);
        }

        decoder.Weights.Dispose();
    }

    /// <summary>Blocks above are not run where nobody asks for them: here they could not.</summary>
    [Fact]
    public void Without_logits_a_pass_ends_with_the_last_block_that_is_looked_into()
    {
        Decoder decoder = TinyModel.Create();
        TokenBatch batch = TokenBatch.Of(s_rows);
        SitePlan plan = SitePlan.None.Record(Sites.ResidPre(1));
        float[] whole = decoder.Forward(_ops, batch, plan)[Sites.ResidPre(1)].ToArray();
        decoder.Weights[WeightNames.Block(2, "ffn.up.weight")].Dispose();
        decoder.Forward(_ops, batch, plan, logits: LogitsAt.None)[Sites.ResidPre(1)].ToArray().ShouldBe(whole);
        Should.Throw<ObjectDisposedException>(() => decoder.Forward(_ops, batch, plan));
        decoder.Weights.Dispose();
    }

    [Fact]
    public void A_plan_for_what_has_passed_is_refused_by_name()
    {
        Decoder decoder = TinyModel.Create();
        TokenBatch batch = TokenBatch.Of(s_rows);
        Tensor state = _ops.Full(0, batch.Rows, batch.Width, TinyModel.Config.HiddenSize);
        Tensor neurons = _ops.Full(0, batch.Rows, batch.Width, TinyModel.Config.IntermediateSize);
        ForwardPass From(Entrance entrance, params Tensor[] values) => decoder.ForwardFrom(_ops, batch, entrance, values);
        foreach (string site in (string[])[Sites.Embed, Sites.ResidPost(0), Sites.FfnActivation(0)])
        {
            SitePlan plan = SitePlan.None.Record(site);
            Should.Throw<ArgumentException>(() => decoder.ForwardFrom(_ops, batch, new(1), [state], plan)).Message.ShouldContain(site);
        }

        foreach (string site in (string[])[Sites.ResidPre(1), Sites.Value(1), Sites.ResidMid(1), Sites.FfnUp(1)])
        {
            SitePlan plan = SitePlan.None.Record(site);
            Should.Throw<ArgumentException>(() => decoder.ForwardFrom(_ops, batch, new(1, AtNeurons: true), [state, neurons], plan)).Message.ShouldContain(site);
        }

        Should.Throw<ArgumentException>(() => From(new(3), state)).Message.ShouldContain("block 3 of 3");
        Should.Throw<ArgumentException>(() => From(new(1), _ops.Full(0, 3, 6, 24))).Message.ShouldContain("[3, 6, 24]");
        Should.Throw<ArgumentException>(() => From(new(1, AtNeurons: true), state));
        Should.Throw<ArgumentException>(() => From(new(1, AtNeurons: true), neurons, state));
        decoder.Weights.Dispose();
    }

    public void Dispose() => _scope.Dispose();
}
