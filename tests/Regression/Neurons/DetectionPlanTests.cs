using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Neurons.Detection;
using MWork.Probes.Text;
using MWork.Regression.Checkpoints;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class DetectionPlanTests : IDisposable
{
    private static readonly Document[] s_text = [.. TinyText.AllLanguages(2).Reverse()];

    private readonly LanguageModel _model = TinyModels.Create("grouped heads");
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void It_comes_back_from_its_file_as_it_was()
    {
        DetectionPlan plan = Plan(shards: 6);
        plan.Languages.ShouldBe(["en", "fr", "zh"]);
        plan.Save(_folder.Path);
        string text = File.ReadAllText(_folder.File(DetectionPlan.FileName));
        text.ShouldStartWith("{\n  \"method\": \"lape\",\n");
        DetectionPlan.Load(_folder.Path).DifferenceFrom(plan).ShouldBeNull();
    }

    /// <summary>The order in which documents are named says nothing; a document more does.</summary>
    [Fact]
    public void Its_text_is_a_set_of_documents()
    {
        Plan(text: [.. s_text.Reverse()]).DifferenceFrom(Plan()).ShouldBeNull();
        Plan(text: s_text[1..]).Text.ShouldNotBe(Plan().Text);
    }

    [Fact]
    public void A_pivot_without_text_and_shards_without_documents_are_refused()
    {
        Should.Throw<ArgumentException>(() => Plan(pivot: "ur")).Message.ShouldContain("The pivot is 'ur', and the text is in en, fr, zh");
        Should.Throw<ArgumentException>(() => Plan(shards: 7)).Message.ShouldContain("6 documents do not make 7 shards");
    }

    [Theory]
    [InlineData("\"shard\": 1", "\"shard\": 0", "shard 0 of 2 of 6 documents is none")]
    [InlineData("\"shard\": 1", "\"shard\": 3", "shard 3 of 2 of 6 documents is none")]
    [InlineData("\"documents\": 6", "\"documents\": 1", "shard 1 of 2 of 1 documents is none")]
    [InlineData("\"shards\": 2", "\"shard\": 2", "shards")]
    [InlineData("\"pivot\": \"en\"", "\"pivot\": null", "pivot")]
    [InlineData("\"pivot\"", "\"privot\"", "privot")]
    [InlineData("}", "", "plan.json")]
    public void A_damaged_file_is_named(string what, string by, string sentence)
    {
        Plan(shards: 2).Save(_folder.Path);
        string path = _folder.File(DetectionPlan.FileName);
        File.WriteAllText(path, File.ReadAllText(path).Replace(what, by, StringComparison.Ordinal));
        string message = Should.Throw<NeuronFileException>(() => DetectionPlan.Load(_folder.Path)).Message;
        message.ShouldContain(path);
        message.ShouldContain(sentence);
    }

    [Fact]
    public void Nothing_is_no_plan()
    {
        File.WriteAllText(_folder.File(DetectionPlan.FileName), "null");
        Should.Throw<NeuronFileException>(() => DetectionPlan.Load(_folder.Path)).Message.ShouldContain("null is not a plan");
    }

    private DetectionPlan Plan(Document[]? text = null, string pivot = "en", int shards = 1) =>
        DetectionPlan.Of(Detector.Create("lape", _model.Decoder.Config), _model, text ?? s_text, pivot, new Shard(1, shards));
}
