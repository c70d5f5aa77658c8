using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Subjects;
using MWork.Probes.Text;
using MWork.Testing;
using Shouldly;

namespace MWork.Hypotheses;

/// <summary>E1 can fail: faults on a model known to gain, in short runs. What is tuned on and what scores share nothing with what selects.</summary>
[Hypothesis("Enhancement")]
public sealed class EnhancementControls
{
    // The fewest seeds that give an interval; two small steps already tell a gain from none.
    private static readonly EnhancementProtocol s_short = EnhancementTests.Protocol with { Seeds = 10, Steps = 2, Rows = 4, Facts = 4 };

    private static Subject Positive => SubjectCatalog.Get("planted-positive");

    [Fact]
    public void E1_holds_without_a_fault() =>
        Evidence.Decide(TuningGain.Measure(Positive, EnhancementTests.E1, s_short).Findings).ShouldBe(Verdict.Supported);

    // Another language's neurons are silent in ℓ's text: nothing reaches them, and nothing is gained.
    [Fact]
    public void E1_falls_when_another_languages_neurons_are_tuned()
    {
        Language[] others = [.. Positive.NonPivot];
        Measurement measured = TuningGain.Measure(
            Positive, EnhancementTests.E1, s_short, language => others[(Array.IndexOf(others, language) + 1) % others.Length]);
        measured.Findings[0].Verdict.ShouldBe(Verdict.Refuted);
        measured.Findings[0].Estimate.ShouldBe(0);
        Evidence.Decide(measured.Findings).ShouldBe(Verdict.Refuted);
    }

    [Fact]
    public void Tuning_text_is_neither_selection_nor_test_text()
    {
        foreach (Language language in Positive.NonPivot)
        {
            IReadOnlyList<Sentence> tuning = new TuningText(Positive, language).Documents;
            HashSet<string> strings = [.. tuning.Select(sentence => sentence.Hash)];
            HashSet<string> questions = [.. tuning.Select(sentence => string.Join(' ', sentence.Tokens.SkipLast(2)))];
            HashSet<string> facts = [.. tuning.Select(sentence => sentence.Fact)];
            tuning.Count.ShouldBeGreaterThanOrEqualTo(EnhancementTests.Protocol.Steps * EnhancementTests.Protocol.Rows);
            strings.Count.ShouldBe(tuning.Count);
            Prompt[] test = [.. Positive.World.TestPrompts(language)];
            test.ShouldAllBe(prompt => !questions.Contains(prompt.Text) && !facts.Contains(prompt.Fact));
            NeuronSelection selection = EnhancementTests.Protocol.Selection;
            Positive.World.Documents(language, selection.Pool, selection.Tokens, selection.Seed)
                .SelectMany(document => document.Sentences).ShouldAllBe(sentence => !strings.Contains(sentence.Hash));
        }
    }
}
