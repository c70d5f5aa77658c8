using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Subjects;

namespace MWork.Hypotheses;

/// <summary>Every claim with the statistic that decides it, for what is asked of all of them.</summary>
internal static class MeasuredClaims
{
    public static IReadOnlyList<(Claim Claim, Func<Subject, Measurement> Measure)> All { get; } =
    [
        (ConversionTests.C1, s => PivotShare.Measure(s, ConversionTests.C1, ConversionTests.Protocol)),
        (ConversionTests.C3, s => TwinSearch.Measure(s, ConversionTests.C3, ConversionTests.Protocol)),
        (AblationTests.T2, s => LanguageAblation.Measure(s, AblationTests.T2, AblationTests.Protocol)),
        (AblationTests.T3, s => ZoneAblation.Measure(s, AblationTests.T3, AblationTests.Protocol)),
        (ThinkingSeparationTests.S1, s => PivotThinking.Measure(s, ThinkingSeparationTests.S1, ThinkingSeparationTests.Protocol)),
        (ThinkingSeparationTests.S2, s => KnowledgeAgainstReasoning.Measure(s, ThinkingSeparationTests.S2, ThinkingSeparationTests.Protocol)),
        (ReturnTests.G1, s => ReturnNeurons.Measure(s, ReturnTests.G1, ReturnTests.Protocol)),
        (TranslationTests.G2, s => Crossing.Measure(s, TranslationTests.G2, TranslationTests.Protocol)),
        (TranslationTests.G3, s => Transplant.Measure(s, TranslationTests.G3, TranslationTests.Protocol)),
        (KnowledgeNeuronTests.K1, s => Necessity.Measure(s, KnowledgeNeuronTests.K1, KnowledgeNeuronTests.Protocol)),
        (KnowledgeNeuronTests.K2, s => LanguageOverlap.Measure(s, KnowledgeNeuronTests.K2, KnowledgeNeuronTests.Protocol)),
        (KnowledgeLocalizationTests.K3, s => OwnKnowledge.Measure(s, KnowledgeLocalizationTests.K3, KnowledgeLocalizationTests.Protocol)),
        (KnowledgeLocalizationTests.K4, s => Elsewhere.Measure(s, KnowledgeLocalizationTests.K4, KnowledgeLocalizationTests.Protocol)),
        (EaseTests.P1, s => Saving.Measure(s, EaseTests.P1, EaseTests.Protocol)),
        (ConsistencyTests.Q1, s => Agreement.Measure(s, ConsistencyTests.Q1, ConsistencyTests.Protocol)),
    ];
}
