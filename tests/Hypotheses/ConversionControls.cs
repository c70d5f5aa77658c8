using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Lenses;
using MWork.Probes.Models;
using MWork.Probes.Randomness;
using MWork.Probes.Subjects;
using MWork.Probes.Tensors;
using MWork.Testing;
using Shouldly;

namespace MWork.Hypotheses;

/// <summary>The Conversion tests can fail: deliberate faults in the probe or in the labels, on a model known to convert.</summary>
[Hypothesis("Conversion")]
public sealed class ConversionControls
{
    private static Subject Positive => SubjectCatalog.Get("planted-positive");

    [Fact]
    public void C1_holds_without_a_fault() => C1(Positive).ShouldBe(Verdict.Supported);

    [Fact]
    public void C1_falls_when_the_pivot_and_another_language_swap_labels() =>
        C1(Positive.WithLabelsSwapped(Positive.Pivot, Positive.World.Language("fr"))).ShouldBe(Verdict.Refuted);

    [Fact]
    public void C1_does_not_notice_when_two_other_languages_swap_labels() =>
        C1(Positive.WithLabelsSwapped(Positive.World.Language("zh"), Positive.World.Language("vi"))).ShouldBe(Verdict.Supported);

    [Fact]
    public void C1_falls_when_the_lens_confuses_tokens() => C1(Positive, new ConfusedLens()).ShouldBe(Verdict.Refuted);

    [Fact]
    public void C1_falls_when_the_lens_reads_the_same_layer_everywhere() => C1(Positive, new StuckLens()).ShouldBe(Verdict.Refuted);

    private static Verdict C1(Subject subject, ILens? lens = null) =>
        Evidence.Decide(PivotShare.Measure(subject, ConversionTests.C1, ConversionTests.Protocol with { Facts = 24 }, lens).Findings);

    /// <summary>Right logits behind wrong tokens.</summary>
    private sealed class ConfusedLens : ILens
    {
        public string Name => "confused";

        public Tensor Logits(ITensorOps ops, Decoder decoder, Tensor states, int layer)
        {
            int vocabulary = decoder.Config.VocabularySize;
            return ops.IndexSelect(decoder.Lens(ops, states), 1, new CounterRandom(1, "confused").Sample(vocabulary, vocabulary));
        }
    }
}
