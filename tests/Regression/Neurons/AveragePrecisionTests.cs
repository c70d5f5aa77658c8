using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Tensors;
using MWork.Probes.Text;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class AveragePrecisionTests
{
    // sklearn.metrics.average_precision_score.
    [Theory]
    [InlineData(new[] { .9f, .8f, .7f, .6f }, new[] { 1, 0, 1, 0 }, 0.8333333333333333)]
    [InlineData(new[] { .1f, .4f, .35f, .8f }, new[] { 0, 0, 1, 1 }, 0.8333333333333333)]
    [InlineData(new[] { 1f, 1f, 1f, 1f }, new[] { 1, 0, 0, 0 }, 0.25)]
    [InlineData(new[] { 2f, 1f, 1f, 0f }, new[] { 0, 1, 0, 1 }, 0.41666666666666663)]
    [InlineData(new[] { 3f, 2f, 1f }, new[] { 1, 1, 0 }, 1)]
    [InlineData(new[] { -3f, -2f, -1f }, new[] { 1, 0, 0 }, 0.3333333333333333)]
    public void The_precision_is_that_of_the_reference(float[] values, int[] labels, double expected) =>
        AveragePrecision.Of(values.Zip(labels, (value, label) => (value, label == 1))).ShouldBe(expected, 1e-15);

    [Fact]
    public void Without_a_positive_there_is_no_precision() => AveragePrecision.Of([(1f, false)]).ShouldBe(double.NaN);

    [Fact]
    public void Scores_come_from_the_mean_activation_of_each_text()
    {
        using LanguageModel model = TinyModels.Create("grouped heads");
        Document[] documents = TinyText.AllLanguages(5);
        TextActivations activations = TextActivations.Measure(model, documents, rows: 4);
        activations.Texts.ShouldBe(15);
        float[][] means = [.. documents.Select(document => Means(model, model.Tokenizer.Encode(document)))];
        double[] scores = AveragePrecision.Scores(activations, "fr");
        for (int place = 0; place < scores.Length; place++)
        {
            IEnumerable<(float, bool)> texts = means.Zip(documents, (mean, text) => (mean[place], text.Language.Code == "fr"));
            scores[place].ShouldBe(AveragePrecision.Of(texts), 1e-12);
        }
    }

    [Fact]
    public void The_highest_and_the_lowest_are_selected()
    {
        using LanguageModel model = TinyModels.Create("grouped heads");
        TextActivations activations = TextActivations.Measure(model, TinyText.AllLanguages(5));
        double[] scores = AveragePrecision.Scores(activations, "zh");
        NeuronSet top = AveragePrecision.Select(activations, "zh", 7);
        NeuronSet both = AveragePrecision.Select(activations, "zh", 7, 4);
        top.Count.ShouldBe(7);
        both.Count.ShouldBe(11);
        double[] sorted = [.. scores.Order()];
        top.Min(neuron => scores[activations.Layout.PlaceOf(neuron)]).ShouldBe(sorted[^7]);
        both.Except(top).Max(neuron => scores[activations.Layout.PlaceOf(neuron)]).ShouldBe(sorted[3]);
    }

    [Fact]
    public void Activations_of_other_models_do_not_merge()
    {
        using LanguageModel model = TinyModels.Create("grouped heads");
        using LanguageModel other = TinyModels.Create("grouped heads", seed: 8);
        TextActivations[] parts =
        [
            TextActivations.Measure(model, TinyText.Documents("en", 2)),
            TextActivations.Measure(model, TinyText.Documents("fr", 2)),
            TextActivations.Measure(other, TinyText.Documents("zh", 2)),
        ];
        Should.Throw<ArgumentException>(() => TextActivations.Merge(parts)).Message.ShouldContain("all are of one model");
        Should.Throw<ArgumentException>(() => TextActivations.Merge([]));
    }

    [Fact]
    public void Progress_counts_texts()
    {
        using LanguageModel model = TinyModels.Create("grouped heads");
        List<int> reports = [];
        TextActivations.Measure(model, TinyText.AllLanguages(5), new Told(reports.Add), rows: 4);
        reports.ShouldBe([4, 8, 12, 15]);
    }

    [Fact]
    public void Shards_merge_to_one_pass_in_any_order()
    {
        using LanguageModel model = TinyModels.Create("alibi, ungated");
        Document[] documents = TinyText.AllLanguages(4);
        TextActivations whole = TextActivations.Measure(model, documents);
        TextActivations merged =
            TextActivations.Merge(documents.Chunk(5).Select(shard => TextActivations.Measure(model, shard)).Reverse());
        merged.TextHash.ShouldBe(whole.TextHash);
        merged.Languages.ShouldBe(TinyText.Languages);
        merged.Languages.ShouldAllBe(
            language => AveragePrecision.Scores(merged, language).SequenceEqual(AveragePrecision.Scores(whole, language)));
        Should.Throw<ArgumentException>(() => TextActivations.Merge([whole, whole])).Message.ShouldContain("comes twice");
        Should.Throw<ArgumentException>(() => TextActivations.Merge([]));
        Should.Throw<ArgumentException>(() => AveragePrecision.Scores(whole, "ur")).Message.ShouldContain("en, fr, zh");
    }

    private static float[] Means(LanguageModel model, int[] document)
    {
        using var scope = new TensorScope();
        string[] sites = [.. Enumerable.Range(0, model.Decoder.Config.Layers).Select(Sites.FfnActivation)];
        ForwardPass pass = model.Decoder.Forward(
            model.Ops, TokenBatch.Of([document]), SitePlan.None.Record(sites), logits: LogitsAt.None);
        return [.. sites.SelectMany(site => Enumerable.Range(0, model.Decoder.Config.IntermediateSize).Select(k =>
            pass[site].ToArray().Chunk(model.Decoder.Config.IntermediateSize)
                .Aggregate(0f, (sum, token) => sum + token[k]) / document.Length))];
    }
}
