using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Text;
using MWork.Regression.Checkpoints;
using Shouldly;

namespace MWork.Regression.Neurons;

/// <summary>LAPE keeps the neurons whose probabilities, as shares of their sum, have the lowest entropy.</summary>
public sealed class LapeOrderTests
{
    private static readonly LapeOptions s_one = new(0.9, 0.1);

    /// <summary>Shares of .80, .10, .10 (entropy .643) are purer than .6, .4, 0 (.673): that a language never activates a neuron is no rank of its own.</summary>
    [Fact]
    public void Two_languages_are_more_mixed_than_one_that_leads_two()
    {
        IReadOnlyDictionary<string, NeuronSet> sets = Select([60, 95], [40, 12], [0, 12]);
        sets["en"].ShouldBe(SyntheticCounts.Ffn(1));
        sets["fr"].ShouldBeEmpty();
        sets["zh"].ShouldBeEmpty();
    }

    /// <summary>Half and half (.693) is purer than .7, .15, .15 (.819), though its largest share is smaller.</summary>
    [Fact]
    public void All_languages_count_and_not_the_largest_alone()
    {
        IReadOnlyDictionary<string, NeuronSet> sets = Select([60, 84], [60, 18], [0, 18]);
        sets["en"].ShouldBe(SyntheticCounts.Ffn(0));
        sets["fr"].ShouldBe(SyntheticCounts.Ffn(0));
        sets["zh"].ShouldBeEmpty();
    }

    /// <summary>.60, .40 of much (.673) is more mixed than .80, .10, .10 of little (.643): how often a neuron is active plays no part.</summary>
    [Fact]
    public void How_active_a_neuron_is_does_not_make_it_purer()
    {
        IReadOnlyDictionary<string, NeuronSet> sets = Select([90, 80], [60, 10], [0, 10]);
        sets["en"].ShouldBe(SyntheticCounts.Ffn(1));
        sets["fr"].ShouldBeEmpty();
        sets["zh"].ShouldBeEmpty();
    }

    [Fact]
    public void Without_languages_there_are_no_sets() => Counts().Select().ShouldBeEmpty();

    [Fact]
    public void Progress_is_told_in_documents_of_this_run_and_the_earlier_one()
    {
        using LanguageModel model = TinyModels.Create("grouped heads");
        Document[] documents = TinyText.AllLanguages(3);
        List<int> told = [];
        int batches = 0;
        LapeCounts first = Lape.Measure(model, documents[..4], new Told(told.Add), rows: 2, afterBatch: _ => batches++);
        Lape.Measure(model, documents, new Told(told.Add), rows: 3, resumed: first, afterBatch: counts => batches += counts.DocumentCount);
        told.ShouldBe([2, 4, 7, 9]);
        batches.ShouldBe(2 + 7 + 9);
    }

    [Fact]
    public void A_saved_state_that_repeats_a_document_is_refused()
    {
        using var folder = new TemporaryFolder();
        LapeCounts counts = Counts();
        counts.AddDocument("en", "first", 10, new long[10]);
        counts.AddDocument("en", "other", 10, new long[10]);
        counts.Save(folder.File("counts.json"));
        File.WriteAllText(folder.File("counts.json"), File.ReadAllText(folder.File("counts.json")).Replace("other", "first", StringComparison.Ordinal));
        Should.Throw<NeuronFileException>(() => LapeCounts.Load(folder.File("counts.json"))).Message.ShouldContain("names a document twice");
    }

    private static LapeCounts Counts() => new("synthetic", new NeuronLayout(1, 10, 0, 0, 0, 0));

    // The first two of ten neurons on 100 tokens of each language; the others are active on one.
    private static IReadOnlyDictionary<string, NeuronSet> Select(params long[][] firstTwo)
    {
        LapeCounts counts = Counts();
        foreach ((string language, long[] active) in TinyText.Languages.Zip(firstTwo))
        {
            counts.AddDocument(language, "document", 100, [.. active, .. Enumerable.Repeat(1L, 8)]);
        }

        return counts.Select(s_one);
    }
}
