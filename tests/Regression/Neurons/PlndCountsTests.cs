using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Text;
using MWork.Regression.Checkpoints;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class PlndCountsTests : IDisposable
{
    private static readonly PlndOptions s_options = new() { TopShare = 0.3 };
    private static readonly Document[] s_documents = TinyText.AllLanguages(7);

    private readonly LanguageModel _model = TinyModels.Create("grouped heads");
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Counts_are_those_of_the_documents_one_by_one()
    {
        PlndCounts counts = Plnd.Measure(_model, s_documents, s_options);
        counts.Layout.ShouldBe(NeuronLayout.Of(_model.Decoder.Config));
        foreach (string language in TinyText.Languages)
        {
            Document[] own = [.. s_documents.Where(document => document.Language.Code == language)];
            float[][] importances = [.. own.Select(document => Plnd.Importances(_model, [_model.Tokenizer.Encode(document)])[0])];
            NeuronBits[] important = [.. importances.Select(values => ImportantNeurons.Of(counts.Layout, values, s_options))];
            counts.ImportantDocuments(language).ShouldBe(
                Enumerable.Range(0, counts.Layout.Count).Select(place => important.Count(bits => bits[place])).ToArray());
            counts.Consistent()[language].ShouldBe(NeuronBits.All(important).ToSet(counts.Layout));
            counts.MeanImportances(language).Select((mean, place) =>
                Math.Abs(mean - importances.Select((values, i) => values[place] / Math.Sqrt(own[i].Tokens.Count)).Average()))
                    .Max().ShouldBeLessThan(1e-12);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(64)]
    public void The_size_of_batches_changes_no_bit(int rows) =>
        Same(Plnd.Measure(_model, s_documents, s_options, rows: rows), Plnd.Measure(_model, s_documents, s_options));

    [Fact]
    public void Shards_merge_to_one_pass_in_any_order_and_grouping()
    {
        PlndCounts whole = Plnd.Measure(_model, s_documents, s_options);
        PlndCounts[] shards = [.. s_documents.Chunk(5).Select(shard => Plnd.Measure(_model, shard, s_options))];
        Same(PlndCounts.Merge(shards), whole);
        Same(PlndCounts.Merge(shards.Reverse()), whole);
        Same(PlndCounts.Merge([PlndCounts.Merge(shards[2..]), PlndCounts.Merge(shards[..2])]), whole);
    }

    [Fact]
    public void A_saved_state_reads_back_and_a_run_goes_on_from_it()
    {
        PlndCounts whole = Plnd.Measure(_model, s_documents, s_options);
        string path = _folder.File("counts.json");
        Plnd.Measure(_model, s_documents.Where((_, i) => i % 3 == 0), s_options).Save(path);
        PlndCounts part = PlndCounts.Load(path);
        part.Documents("en").Count.ShouldBe(3);
        List<int> reports = [];
        Same(Plnd.Measure(_model, s_documents, s_options, new Told(reports.Add), resumed: part, rows: 10), whole);
        reports.ShouldBe([17, 21]);
        whole.Save(path);
        Same(PlndCounts.Load(path), whole);
    }

    [Fact]
    public void Documents_that_are_done_are_not_measured_again()
    {
        PlndCounts whole = Plnd.Measure(_model, s_documents, s_options);
        List<int> reports = [];
        Same(Plnd.Measure(_model, s_documents, s_options, new Told(reports.Add), whole), whole);
        reports.ShouldBeEmpty();
    }

    [Fact]
    public void The_text_s_hash_knows_language_and_content_but_no_order()
    {
        string hash = Plnd.Measure(_model, s_documents, s_options).TextHash;
        Plnd.Measure(_model, s_documents.Reverse(), s_options).TextHash.ShouldBe(hash);
        Plnd.Measure(_model, s_documents[1..], s_options).TextHash.ShouldNotBe(hash);
        Document[] relabelled = [s_documents[0] with { Language = s_documents[^1].Language }, .. s_documents[1..]];
        Plnd.Measure(_model, relabelled, s_options).TextHash.ShouldNotBe(hash);
    }

    [Fact]
    public void Sums_are_exact_and_do_not_depend_on_the_order_where_floats_would()
    {
        (string, float[])[] documents =
            [.. ((float[])[1e8f, 1e-3f, 3e-9f, 7e7f, 0.1f]).Select(value => ("en", new[] { value, 2 * value }))];
        double[] forward = SyntheticCounts.Of(2, new PlndOptions(), documents).MeanImportances("en");
        double[] backward = SyntheticCounts.Of(2, new PlndOptions(), [.. documents.Reverse()]).MeanImportances("en");
        backward.ShouldBe(forward);
        forward[0].ShouldBe((1e8f + 7e7f + (double)0.1f + 1e-3f + 3e-9f) / 2 / 5, 1e-8);
        forward[1].ShouldBe(2 * forward[0]);
    }

    [Fact]
    public void A_document_that_comes_twice_is_refused()
    {
        Should.Throw<ArgumentException>(() => Plnd.Measure(_model, [s_documents[0], s_documents[0]])).Message.ShouldContain(
            "comes twice");
        PlndCounts counts = Plnd.Measure(_model, s_documents[..3], s_options);
        Should.Throw<ArgumentException>(() => PlndCounts.Merge([counts, counts])).Message.ShouldContain("comes twice");
    }

    [Fact]
    public void Counts_of_other_models_or_options_do_not_merge()
    {
        PlndCounts counts = Plnd.Measure(_model, s_documents[..2], s_options);
        using LanguageModel other = TinyModels.Create("grouped heads", seed: 8);
        Should.Throw<ArgumentException>(() => PlndCounts.Merge([counts, Plnd.Measure(other, s_documents[2..3], s_options)]));
        Should.Throw<ArgumentException>(
            () => PlndCounts.Merge([counts, Plnd.Measure(_model, s_documents[2..3])])).Message.ShouldContain("options");
        Should.Throw<ArgumentException>(() => PlndCounts.Merge([]));
    }

    [Fact]
    public void Text_that_the_model_cannot_read_is_refused()
    {
        Should.Throw<ArgumentException>(() => Plnd.Measure(_model, [TinyText.Of("en", "w1", "bonjour")])).Message.ShouldContain(
            "'bonjour'");
        Should.Throw<ArgumentException>(() => Plnd.Measure(_model, [TinyText.Of("en")])).Message.ShouldContain("no tokens");
        Should.Throw<ArgumentException>(
            () => Plnd.Measure(_model, s_documents, new PlndOptions { TopShare = 2 })).Message.ShouldContain("TopShare");
        Should.Throw<ArgumentException>(
            () => Plnd.Importances(_model, [[4, 5]], new PlndOptions { TopShare = 2 })).Message.ShouldContain("TopShare");
        Should.Throw<OperationCanceledException>(
            () => Plnd.Measure(_model, s_documents, cancellation: new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("\"schema\": 1", "\"schema\": 2", "'schema'")]
    [InlineData("\"heads\": 4", "\"heads\": 3", "'keyValueHeads'")]
    [InlineData("\"layers\": 3", "\"layers\": 0", "'layers'")]
    [InlineData("\"layers\": 3", "\"layers\": 2", "'languages.en.sums'")]
    [InlineData("\"layers\": 3", "\"layers\": -1", "'layers'")]
    [InlineData("\"tokens\"", "\"token\"", "has no 'tokens'")]
    [InlineData("\"important\": \"", "\"important\": \"AAAA", "'languages.en.documents[0].important'")]
    [InlineData("\"sums\": \"", "\"sums\": \"!", "'languages.en.sums' is not Base64")]
    [InlineData("TopShare\\u0022:0.3", "TopShare\\u0022:7", "'options'")]
    [InlineData("\"model\": \"", "\"model\": 5, \"was\": \"", "'model' is not a text")]
    [InlineData("{\n  \"schema\"", "{\n  schema", "is not JSON (line 2)")]
    public void A_damaged_state_is_refused_by_file_and_field(string from, string to, string expected)
    {
        string path = _folder.File("counts.json");
        Plnd.Measure(_model, s_documents[..2], s_options).Save(path);
        string text = File.ReadAllText(path);
        text.ShouldContain(from);
        int at = text.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + to + text[(at + from.Length)..]);
        string message = Should.Throw<NeuronFileException>(() => PlndCounts.Load(path)).Message;
        message.ShouldStartWith(path);
        message.ShouldContain(expected);
    }

    [Fact]
    public void A_state_that_is_not_there_or_repeats_a_document_is_refused()
    {
        string path = _folder.File("counts.json");
        Should.Throw<NeuronFileException>(() => PlndCounts.Load(path)).Message.ShouldContain("no such file");
        PlndCounts counts = Plnd.Measure(_model, s_documents[..2], s_options);
        counts.Save(path);
        File.WriteAllText(path, File.ReadAllText(path)
            .Replace(counts.Documents("en")[1].Hash, counts.Documents("en")[0].Hash, StringComparison.Ordinal));
        Should.Throw<NeuronFileException>(() => PlndCounts.Load(path)).Message.ShouldContain(
            "'languages.en.documents' names a document twice");
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    private static void Same(PlndCounts a, PlndCounts b)
    {
        a.Languages.ShouldBe(b.Languages);
        a.TextHash.ShouldBe(b.TextHash);
        a.Options.Description.ShouldBe(b.Options.Description);
        (a.Model, a.Shape).ShouldBe((b.Model, b.Shape));
        foreach (string language in a.Languages)
        {
            a.MeanImportances(language).ShouldBe(b.MeanImportances(language));
            a.Documents(language).Select(d => (d.Hash, d.Tokens)).ShouldBe(b.Documents(language).Select(d => (d.Hash, d.Tokens)));
            a.Documents(language).Select(d => d.Important.ToSet(a.Layout))
                .ShouldBe(b.Documents(language).Select(d => d.Important.ToSet(b.Layout)));
        }

        a.Draw(2, new CounterRandom(5))["en"].ShouldBe(b.Draw(2, new CounterRandom(5))["en"]);
    }
}
