using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Testing;
using Shouldly;

namespace MWork.Hypotheses;

/// <summary>The tests of knowledge neurons can fail.</summary>
[Hypothesis("KnowledgeLocalization")]
public sealed class KnowledgeNeuronControls
{
    [Fact]
    public void K1_falls_when_a_fact_s_neurons_are_those_of_another() => Evidence.Decide(
        Necessity.Measure(SubjectCatalog.Get("english-pivot"), KnowledgeNeuronTests.K1, KnowledgeNeuronTests.Protocol, mistaken: true).Findings).ShouldBe(Verdict.Refuted);
}
