using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Subjects;
using MWork.Testing;
using Shouldly;

namespace MWork.Hypotheses;

/// <summary>The test of ease can fail.</summary>
[Hypothesis("Ease")]
public sealed class EaseControls
{
    [Fact]
    public void P1_falls_when_another_language_passes_for_the_pivot()
    {
        Subject positive = SubjectCatalog.Get("planted-positive");
        Evidence.Decide(Saving.Measure(positive.WithPivot(positive.World.Language("zh")), EaseTests.P1, EaseTests.Protocol).Findings).ShouldBe(Verdict.Refuted);
    }
}
