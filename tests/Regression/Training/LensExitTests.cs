using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using MWork.Probes.Tokenizers;
using MWork.Probes.Training;
using MWork.Regression.Models;
using MWork.Regression.Worlds;
using Shouldly;

namespace MWork.Regression.Training;

/// <summary>The second losses of a recipe: what they count, and what they move.</summary>
public sealed class LensExitTests
{
    private static readonly ManagedBackend s_ops = ManagedBackend.Shared;
    private static readonly TokenBatch s_batch = TokenBatch.Of([[1, 2, 3, 4, 5], [6, 7, 8]]);

    [Fact]
    public void An_own_exit_at_the_last_layer_is_the_models_own_loss()
    {
        using var scope = new TensorScope();
        Decoder decoder = TinyModel.Create();
        int[] all = [.. Enumerable.Range(0, decoder.Config.VocabularySize)];
        ForwardPass pass = Run(s_ops, decoder);
        float expected = s_ops.CrossEntropy(s_ops.Reshape(pass.Logits, 10, decoder.Config.VocabularySize), s_batch.NextTokens()).Item();

        Tensor loss = new LensExitLoss([new LensExit(2, ExitLanguage.Own, 0.5f)], all).Of(s_ops, decoder, State(pass), s_batch.NextTokens())!;

        loss.Item().ShouldBe(expected / 2, 1e-6f);
    }

    [Fact]
    public void A_pivot_exit_asks_for_the_pivots_word()
    {
        using var scope = new TensorScope();
        Decoder decoder = TinyModel.Create();
        int[] pivotOf = [.. Enumerable.Repeat(-1, decoder.Config.VocabularySize)];
        pivotOf[4] = 20;
        ForwardPass pass = Run(s_ops, decoder);
        Tensor logits = decoder.Lens(s_ops, s_ops.Narrow(s_ops.Narrow(pass[Sites.ResidPost(1)], 0, 0, 1), 1, 2, 1)); // behind token 3
        float expected = s_ops.CrossEntropy(s_ops.Reshape(logits, 1, decoder.Config.VocabularySize), [20]).Item();

        Tensor loss = new LensExitLoss([new LensExit(1, ExitLanguage.Pivot, 1)], pivotOf).Of(s_ops, decoder, State(pass), s_batch.NextTokens())!;

        loss.Item().ShouldBe(expected, 1e-6f);
    }

    [Fact]
    public void Words_without_a_meaning_have_no_exit()
    {
        using var scope = new TensorScope();
        Decoder decoder = TinyModel.Create();
        int[] none = [.. Enumerable.Repeat(-1, decoder.Config.VocabularySize)];
        new LensExitLoss([new LensExit(1, ExitLanguage.Own, 1)], none).Of(s_ops, decoder, State(Run(s_ops, decoder)), s_batch.NextTokens()).ShouldBeNull();
    }

    [Fact]
    public void An_exit_moves_nothing_behind_it()
    {
        using var scope = new TensorScope();
        Decoder decoder = TinyModel.Create();
        var tape = new Tape(s_ops);
        foreach ((_, Tensor weight) in decoder.Weights.All)
        {
            tape.Watch(weight);
        }

        int[] all = [.. Enumerable.Range(0, decoder.Config.VocabularySize)];
        ForwardPass pass = Run(tape, decoder);
        tape.Backward(new LensExitLoss([new LensExit(1, ExitLanguage.Own, 1)], all).Of(tape, decoder, State(pass), s_batch.NextTokens())!);

        Size(WeightNames.Block(1, "ffn.down.weight")).ShouldBeGreaterThan(0);
        Size(WeightNames.Block(2, "ffn.down.weight")).ShouldBe(0);
        Size(WeightNames.Block(2, "attention.q.weight")).ShouldBe(0);

        float Size(string name) => tape.Gradient(decoder.Weights[name]).ToArray().Max(Math.Abs);
    }

    [Fact]
    public void Every_language_has_its_pivot_word()
    {
        WordLevelTokenizer tokenizer = WordLevelTokenizer.Create([.. SmallWorld.World.Vocabulary.Tokens]);
        int dog = tokenizer.TokenToId("dog")!.Value;
        var exits = LensExitLoss.Of(SmallWorld.World, tokenizer, SmallWorld.World.Language("en"), []);
        foreach (string word in (string[])["dog", "chien", "狗", "chó"])
        {
            exits.PivotOf[tokenizer.TokenToId(word)!.Value].ShouldBe(dog, word);
        }

        exits.PivotOf[tokenizer.TokenToId("?")!.Value].ShouldBe(-1);
    }

    private static ForwardPass Run(ITensorOps ops, Decoder decoder) =>
        decoder.Forward(ops, s_batch, SitePlan.None.Record(Enumerable.Range(0, decoder.Config.Layers).Select(Sites.ResidPost)));

    private static Func<int, Tensor> State(ForwardPass pass) => layer => pass[Sites.ResidPost(layer)];
}
