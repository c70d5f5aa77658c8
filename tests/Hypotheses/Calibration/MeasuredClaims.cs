using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Subjects;

namespace MWork.Hypotheses;

/// <summary>Every claim with its protocol and the statistic that decides it, in a form that can be drawn anew.</summary>
internal static class MeasuredClaims
{
    public static IReadOnlyList<(Claim Claim, Protocol Protocol, Func<Subject, Measurement> Measure)> All { get; } =
    [
        (ConversionTests.C1, ConversionTests.Protocol, s => PivotShare.Measure(s, ConversionTests.C1, ConversionTests.Protocol)),
        (AttentionThinningTests.C2, AttentionThinningTests.Protocol, s => NewDocuments.Measure(
            s, AttentionThinningTests.C2, AttentionThinningTests.Protocol.Selection, AttentionThinningTests.Protocol.Draws, attention: true)),
        (MeaningTests.C3, MeaningTests.Protocol, s => TwinSearch.Measure(s, MeaningTests.C3, MeaningTests.Protocol)),
        (StableFfnTests.T1, StableFfnTests.Protocol, s => NewDocuments.Measure(
            s, StableFfnTests.T1, StableFfnTests.Protocol.Selection, StableFfnTests.Protocol.Draws, attention: false)),
        (AblationTests.T2, AblationTests.Protocol, s => LanguageAblation.Measure(s, AblationTests.T2, AblationTests.Protocol)),
        (AblationTests.T3, AblationTests.Protocol, s => ZoneAblation.Measure(s, AblationTests.T3, AblationTests.Protocol)),
        (ThinkingSeparationTests.S1, ThinkingSeparationTests.Protocol, s => PivotThinking.Measure(s, ThinkingSeparationTests.S1, ThinkingSeparationTests.Protocol)),
        (ThinkingSeparationTests.S2, ThinkingSeparationTests.Protocol, s => KnowledgeAgainstReasoning.Measure(s, ThinkingSeparationTests.S2, ThinkingSeparationTests.Protocol)),
        (ReturnTests.G1, ReturnTests.Protocol, s => ReturnNeurons.Measure(s, ReturnTests.G1, ReturnTests.Protocol)),
        (TranslationTests.G2, TranslationTests.Protocol, s => Crossing.Measure(s, TranslationTests.G2, TranslationTests.Protocol)),
        (TranslationTests.G3, TranslationTests.Protocol, s => Transplant.Measure(s, TranslationTests.G3, TranslationTests.Protocol)),
        (KnowledgeNeuronTests.K1, KnowledgeNeuronTests.Protocol, s => Necessity.Measure(s, KnowledgeNeuronTests.K1, KnowledgeNeuronTests.Protocol)),
        (KnowledgeNeuronTests.K2, KnowledgeNeuronTests.Protocol, s => LanguageOverlap.Measure(s, KnowledgeNeuronTests.K2, KnowledgeNeuronTests.Protocol)),
        (KnowledgeLocalizationTests.K3, KnowledgeLocalizationTests.Protocol, s => OwnKnowledge.Measure(s, KnowledgeLocalizationTests.K3, KnowledgeLocalizationTests.Protocol)),
        (KnowledgeLocalizationTests.K4, KnowledgeLocalizationTests.Protocol, s => Elsewhere.Measure(s, KnowledgeLocalizationTests.K4, KnowledgeLocalizationTests.Protocol)),
        (EnhancementTests.E1, EnhancementTests.Protocol, s => TuningGain.Measure(s, EnhancementTests.E1, EnhancementTests.Protocol)),
        (EaseTests.P1, EaseTests.Protocol, s => Saving.Measure(s, EaseTests.P1, EaseTests.Protocol)),
        (ConsistencyTests.Q1, ConsistencyTests.Protocol, s => Agreement.Measure(s, ConsistencyTests.Q1, ConsistencyTests.Protocol)),
    ];
}
