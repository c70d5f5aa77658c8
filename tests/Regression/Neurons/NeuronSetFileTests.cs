using MWork.Probes.Neurons;
using MWork.Regression.Checkpoints;
using Shouldly;
using VerifyXunit;

namespace MWork.Regression.Neurons;

public sealed class NeuronSetFileTests : IDisposable
{
    private static readonly NeuronSetFile s_file = new(
        new NeuronOrigin("PLND", new PlndOptions { Matrices = [NeuronMatrix.Ffn] }.Description, "0123abcd", "4567ef"),
        new Dictionary<string, NeuronSet>
        {
            ["zh"] = NeuronSet.Empty,
            ["fr"] = new([
                new Neuron(2, NeuronMatrix.Ffn, 14), new Neuron(0, NeuronMatrix.Ffn, 3), new Neuron(0, NeuronMatrix.Ffn, 1),
                new Neuron(1, NeuronMatrix.Key, 5)]),
        });

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public Task The_file_reads_like_this() => Verifier.Verify(s_file.ToJson());

    [Fact]
    public void A_file_reads_back()
    {
        s_file.Save(_folder.File("neurons.json"));
        NeuronSetFile read = NeuronSetFile.Load(_folder.File("neurons.json"));
        read.Origin.ShouldBe(s_file.Origin);
        read.Languages.Keys.ShouldBe(["fr", "zh"]);
        read.Languages["fr"].ShouldBe(s_file.Languages["fr"]);
        read.Languages["zh"].ShouldBeEmpty();
        read.ToJson().ShouldBe(s_file.ToJson());
        string none = new NeuronSetFile(s_file.Origin, new Dictionary<string, NeuronSet>()).ToJson();
        NeuronSetFile.Parse(none, "none").Languages.ShouldBeEmpty();
    }

    [Fact]
    public void Every_matrix_has_a_name()
    {
        NeuronSet all = new(Enum.GetValues<NeuronMatrix>().Select((matrix, i) => new Neuron(i, matrix, i)));
        string json = new NeuronSetFile(s_file.Origin, new Dictionary<string, NeuronSet> { ["é\"x"] = all }).ToJson();
        foreach (string name in (string[])["ffn", "query", "key", "value", "output"])
        {
            json.ShouldContain($"\"{name}\": [");
        }

        NeuronSetFile.Parse(json, "all").Languages["é\"x"].ShouldBe(all);
    }

    [Fact]
    public void The_hash_covers_everything_that_the_set_came_from()
    {
        NeuronOrigin origin = s_file.Origin;
        string[] hashes =
        [
            origin.Hash,
            (origin with { Detector = "LAPE" }).Hash,
            (origin with { Options = "{}" }).Hash,
            (origin with { Model = "x" }).Hash,
            (origin with { Text = "x" }).Hash, (origin with { Model = origin.Text, Text = origin.Model }).Hash,
        ];
        hashes.Distinct().Count().ShouldBe(hashes.Length);
    }

    [Fact]
    public void Options_are_told_apart()
    {
        PlndOptions options = new();
        string[] descriptions =
        [
            options.Description,
            (options with { TopShare = 0.2 }).Description,
            (options with { QueryKey = QueryKeyDefinition.Row }).Description,
            (options with { Matrices = [NeuronMatrix.Ffn] }).Description,
            (options with { Oddities = ReleasedOddities.Released(TopCount.Readme) }).Description,
            (options with { Oddities = new ReleasedOddities { UnscaledDelta = true } }).Description,
        ];
        descriptions.Distinct().Count().ShouldBe(descriptions.Length);
        (options with { Matrices = [NeuronMatrix.Key, NeuronMatrix.Ffn, NeuronMatrix.Key] }).Description
            .ShouldBe((options with { Matrices = [NeuronMatrix.Ffn, NeuronMatrix.Key] }).Description);
    }

    [Theory]
    [InlineData("\"schema\": 1", "\"schema\": 3", "'schema' is 3")]
    [InlineData("\"detector\": \"PLND\"", "\"detector\": \"plnd\"", "'origin' is not the hash")]
    [InlineData("\"text\"", "\"txt\"", "has no 'text'")]
    [InlineData("\"ffn\"", "\"mlp\"", "'languages.fr.mlp' is no matrix; there are ffn, query, key, value, output")]
    [InlineData("[1, 3]", "[1, -3]", "'languages.fr.ffn[0][1]' is -3")]
    [InlineData("[1, 3]", "[1, 3.5]", "'languages.fr.ffn[0][1]' is 3.5")]
    [InlineData("[1, 3]", "\"1, 3\"", "'languages.fr.ffn[0]' is not a list")]
    [InlineData("\"zh\": {}", "\"zh\": []", "'languages.zh' is not an object")]
    [InlineData("\"zh\": {}", "\"fr\": {}", "is not JSON")]
    [InlineData("{\n  \"schema\"", "[\n  \"schema\"", "is not JSON (line 2)")]
    public void A_bad_file_is_refused_in_one_sentence(string from, string to, string expected)
    {
        string json = s_file.ToJson();
        json.ShouldContain(from);
        string message = Should.Throw<NeuronFileException>(
            () => NeuronSetFile.Parse(json.Replace(from, to, StringComparison.Ordinal), "mine.json")).Message;
        message.ShouldStartWith("mine.json");
        message.ShouldContain(expected);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Should.Throw<NeuronFileException>(() => NeuronSetFile.Load(_folder.File("none.json"))).Message.ShouldContain(
            "none.json: there is no such file");

    [Fact]
    public void The_published_layout_is_lists_per_language_and_layer()
    {
        var layout = new NeuronLayout(3, 20, 4, 4, 4, 4);
        IReadOnlyDictionary<string, NeuronSet> sets = NeuronSetFile.ParsePublished(
            """{"zh": [[], [], []], "en": [[3, 1], [], [19]]}""", "lape.json", layout);
        sets.Keys.ShouldBe(["en", "zh"]);
        sets["en"].ShouldBe([
            new Neuron(0, NeuronMatrix.Ffn, 1), new Neuron(0, NeuronMatrix.Ffn, 3), new Neuron(2, NeuronMatrix.Ffn, 19)]);
        sets["zh"].ShouldBeEmpty();
        NeuronSetFile.ParsePublished("""{"en": [[3], [], []]}""", "q.json", layout, NeuronMatrix.Query)["en"]
            .ShouldBe([new Neuron(0, NeuronMatrix.Query, 3)]);
    }

    [Theory]
    [InlineData("""{"en": [[1], [2]]}""", "'en' has 2 lists where the model has 3 layers")]
    [InlineData("""{"en": [[1], [2], [], []]}""", "'en' has 4 lists")]
    [InlineData("""{"en": [[1], [20], []]}""", "'en[1][0]' is 20, and the model has 20 neurons in Ffn")]
    [InlineData("""{"en": [[1], 2, []]}""", "'en[1]' is not a list")]
    [InlineData("""{"en": {"0": [1]}}""", "'en' is not a list")]
    [InlineData("""[[1], [2], []]""", "lape.json: is not an object")]
    public void A_published_file_that_does_not_fit_is_refused(string json, string expected) => Should.Throw<NeuronFileException>(
        () => NeuronSetFile.ParsePublished(json, "lape.json", new NeuronLayout(3, 20, 4, 4, 4, 4)))
        .Message.ShouldContain(expected);

    public void Dispose() => _folder.Dispose();
}
