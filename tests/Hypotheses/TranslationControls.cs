using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Lenses;
using MWork.Probes.Subjects;
using MWork.Testing;
using Shouldly;

namespace MWork.Hypotheses;

/// <summary>The Translation tests can fail: deliberate faults in lens, layer and label, on models known to have the effect.</summary>
[Hypothesis("Translation")]
public sealed class TranslationControls
{
    private static Subject Positive => SubjectCatalog.Get("planted-positive");

    [Fact]
    public void G2_falls_when_another_language_passes_for_the_pivot() => G2(Positive.WithPivot(Positive.World.Language("fr"))).ShouldBe(Verdict.Refuted);

    /// <summary>A lens that never leaves the first layer sees no change of language.</summary>
    [Fact]
    public void G2_falls_when_the_lens_reads_the_same_layer_everywhere() => G2(Positive, new StuckLens()).ShouldBe(Verdict.Refuted);

    [Fact]
    public void G3_falls_when_the_state_is_exchanged_too_late() =>
        Evidence.Decide(Transplant.Measure(Positive.WithZones(understanding: 3, generation: 1), TranslationTests.G3, TranslationTests.Protocol).Findings).ShouldBe(Verdict.Refuted);

    private static Verdict G2(Subject subject, ILens? lens = null) =>
        Evidence.Decide(Crossing.Measure(subject, TranslationTests.G2, TranslationTests.Protocol, lens).Findings);
}
