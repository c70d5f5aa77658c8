using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Tensors;
using MWork.Probes.Text;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class LapeTests
{
    [Theory]
    [InlineData("grouped heads")]
    [InlineData("soft cap, window, post norms")]
    [InlineData("alibi, ungated")]
    public void A_neuron_is_active_where_its_activation_function_is_positive(string architecture)
    {
        using LanguageModel model = TinyModels.Create(architecture);
        LapeCounts counts = Lape.Measure(model, TinyText.AllLanguages(4), rows: 3);
        counts.Languages.ShouldBe(TinyText.Languages);
        foreach (string language in TinyText.Languages)
        {
            Document[] documents = TinyText.Documents(language, 4);
            double[] active = new double[counts.Layout.Count];
            foreach (Document document in documents)
            {
                Active(model, model.Tokenizer.Encode(document)).CopyInto(active);
            }

            double tokens = documents.Sum(document => document.Tokens.Count);
            counts.Probabilities(language).ShouldBe(active.Select(count => count / tokens).ToArray());
        }
    }

    [Fact]
    public void Shards_merge_to_one_pass_in_any_order()
    {
        using LanguageModel model = TinyModels.Create("grouped heads");
        Document[] documents = TinyText.AllLanguages(6);
        LapeCounts whole = Lape.Measure(model, documents);
        LapeCounts[] shards = [.. documents.Chunk(5).Select(shard => Lape.Measure(model, shard))];
        LapeCounts merged = LapeCounts.Merge(shards.Reverse());
        merged.TextHash.ShouldBe(whole.TextHash);
        merged.Languages.ShouldAllBe(language => merged.Probabilities(language).SequenceEqual(whole.Probabilities(language)));
        Should.Throw<ArgumentException>(() => LapeCounts.Merge([whole, whole])).Message.ShouldContain("comes twice");
        Should.Throw<ArgumentException>(() => LapeCounts.Merge([]));
        using LanguageModel other = TinyModels.Create("grouped heads", seed: 8);
        Should.Throw<ArgumentException>(
            () => LapeCounts.Merge([shards[0], Lape.Measure(other, documents[5..6])])).Message.ShouldContain("one model");
    }

    // Ten neurons, 100 tokens per language. Of the 20 probabilities the 90 % quantile is the 18th smallest, 0.80.
    private static LapeCounts Ten() => Counts(
        ("en", [90, 10, 10, 10, 10, 10, 10, 10, 10, 80]),
        ("fr", [10, 95, 10, 10, 10, 10, 10, 10, 10, 80]));

    [Fact]
    public void The_least_mixed_neurons_above_the_quantile_are_kept_for_the_languages_above_it()
    {
        IReadOnlyDictionary<string, NeuronSet> sets = Ten().Select(new LapeOptions(0.9, 0.2));
        sets["en"].ShouldBe(SyntheticCounts.Ffn(0));
        sets["fr"].ShouldBe(SyntheticCounts.Ffn(1));
    }

    [Fact]
    public void The_lowest_entropy_comes_first()
    {
        // Neuron 1 is purer: .95 to .10 against .90 to .10.
        IReadOnlyDictionary<string, NeuronSet> sets = Ten().Select(new LapeOptions(0.9, 0.1));
        sets["en"].ShouldBeEmpty();
        sets["fr"].ShouldBe(SyntheticCounts.Ffn(1));
    }

    [Fact]
    public void The_quantile_itself_is_not_above_the_quantile()
    {
        // Asked for three, there are two: neuron 9 stands at the quantile, and no other takes its place.
        IReadOnlyDictionary<string, NeuronSet> sets = Ten().Select(new LapeOptions(0.9, 0.3));
        sets.Values.Sum(set => set.Count).ShouldBe(2);

        // A little lower and it counts, for both of its languages.
        sets = Ten().Select(new LapeOptions(0.8, 0.3));
        sets["en"].ShouldBe(SyntheticCounts.Ffn(0, 9));
        sets["fr"].ShouldBe(SyntheticCounts.Ffn(1, 9));
    }

    [Fact]
    public void A_language_with_no_neurons_has_the_empty_set_and_shifts_no_other()
    {
        IReadOnlyDictionary<string, NeuronSet> sets = Counts(
            ("en", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            ("fr", [0, 99, 0, 0, 0, 0, 0, 0, 0, 0]),
            ("zh", [0, 0, 98, 0, 0, 0, 0, 0, 0, 0])).Select(new LapeOptions(0.9, 0.2));
        sets.Keys.ShouldBe(["en", "fr", "zh"]);
        sets["en"].ShouldBeEmpty();
        sets["fr"].ShouldBe(SyntheticCounts.Ffn(1));
        sets["zh"].ShouldBe(SyntheticCounts.Ffn(2));
    }

    [Fact]
    public void Defaults_are_the_paper_s() => new LapeOptions().ShouldBe(new LapeOptions(0.95, 0.01));

    [Fact]
    public void An_unknown_language_and_a_document_that_comes_twice_are_refused()
    {
        Should.Throw<ArgumentException>(() => Ten().Probabilities("ur")).Message.ShouldContain("'ur'");
        using LanguageModel model = TinyModels.Create("grouped heads");
        Document document = TinyText.Documents("en", 1)[0];
        Should.Throw<ArgumentException>(() => Lape.Measure(model, [document, document])).Message.ShouldContain("comes twice");
    }

    private static LapeCounts Counts(params (string Language, long[] Active)[] languages)
    {
        var counts = new LapeCounts("synthetic", new NeuronLayout(1, languages[0].Active.Length, 0, 0, 0, 0));
        foreach ((string language, long[] active) in languages)
        {
            counts.AddDocument(language, "document", 100, active);
        }

        return counts;
    }

    // Tokens on which act(gate) > 0, the function written out.
    private static double[] Active(LanguageModel model, int[] document)
    {
        using var scope = new TensorScope();
        ModelConfig config = model.Decoder.Config;
        string[] sites = [.. Enumerable.Range(0, config.Layers)
            .Select(layer => config.Gated ? Sites.FfnGate(layer) : Sites.FfnUp(layer))];
        ForwardPass pass = model.Decoder.Forward(
            model.Ops, TokenBatch.Of([document]), SitePlan.None.Record(sites), logits: LogitsAt.None);
        return [.. sites.SelectMany(site => pass[site].ToArray().Chunk(config.IntermediateSize)
            .Aggregate(new double[config.IntermediateSize], (sum, token) =>
                [.. sum.Zip(token, (count, x) => count + (Act(x) > 0 ? 1 : 0))]))];

        double Act(double x) => config.FeedForward == FeedForward.GatedSilu
            ? x / (1 + Math.Exp(-x))
            : 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));
    }
}

file static class Sums
{
    public static void CopyInto(this double[] values, double[] sums)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += values[i];
        }
    }
}
