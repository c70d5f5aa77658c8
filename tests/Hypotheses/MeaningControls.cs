using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Testing;
using Shouldly;

namespace MWork.Hypotheses;

/// <summary>C3's test can fail: deliberate faults, on a model whose middle states are known to hold the query.</summary>
[Hypothesis("Conversion")]
public sealed class MeaningControls
{
    private static Subject Positive => SubjectCatalog.Get("planted-positive");

    [Fact]
    public void C3_holds_without_a_fault() => C3(Positive).ShouldBe(Verdict.Supported);

    [Fact]
    public void C3_falls_when_twins_are_those_of_other_facts() =>
        C3(Positive, (facts, i) => facts[(i + 1) % facts.Length]).ShouldBe(Verdict.Refuted);

    // The first layer's last position then stands beside the first layer's mean: both are near chance, and no interval tells them apart.
    [Fact]
    public void C3_falls_when_the_first_layer_passes_for_the_middle() =>
        C3(Positive.WithZones(understanding: 0, generation: Positive.Layers - 1)).ShouldBe(Verdict.Inconclusive);

    private static Verdict C3(Subject subject, Func<Fact[], int, Fact>? twinOf = null) =>
        Evidence.Decide(TwinSearch.Measure(subject, MeaningTests.C3, MeaningTests.Protocol with { Facts = 48 }, twinOf).Findings);
}
