using MWork.Probes.Models;
using MWork.Probes.Neurons;
using Shouldly;

namespace MWork.Regression.Neurons;

/// <summary>Sets from a file serve the model that they were found in, and no other.</summary>
public sealed class NeuronSetFileOfModelTests : IDisposable
{
    private readonly LanguageModel _model = TinyModels.Create("grouped heads");

    [Fact]
    public void The_language_asked_for_is_given()
    {
        NeuronSetFile file = File(_model.Hash, ("en", SyntheticCounts.Ffn(1)), ("fr", SyntheticCounts.Ffn(2, 3)));
        file.Of(_model, "fr", "neurons.json").ShouldBe(SyntheticCounts.Ffn(2, 3));
        file.Of(_model, "en", "neurons.json").ShouldBe(SyntheticCounts.Ffn(1));
    }

    [Fact]
    public void A_set_alone_needs_no_name_and_several_do()
    {
        File(_model.Hash, ("fr", SyntheticCounts.Ffn(2))).Of(_model, language: null, "neurons.json").ShouldBe(SyntheticCounts.Ffn(2));
        Complaint(File(_model.Hash, ("en", SyntheticCounts.Ffn(1)), ("fr", SyntheticCounts.Ffn(2))), language: null)
            .ShouldContain("neurons.json: has neurons of en, fr; say whose");
    }

    [Fact]
    public void Another_model_another_language_and_neurons_that_there_are_not_are_refused()
    {
        Complaint(File("another", ("en", SyntheticCounts.Ffn(1))), "en").ShouldContain("field 'model' is another");
        Complaint(File(_model.Hash, ("en", SyntheticCounts.Ffn(1))), "ur").ShouldContain("has no neurons of 'ur'; it has those of en");

        // One of the two is there.
        int beyond = _model.Decoder.Config.IntermediateSize;
        Complaint(File(_model.Hash, ("en", SyntheticCounts.Ffn(1, beyond))), "en").ShouldContain("names neurons that the model does not have");
    }

    public void Dispose() => _model.Dispose();

    private string Complaint(NeuronSetFile file, string? language) =>
        Should.Throw<NeuronFileException>(() => file.Of(_model, language, "neurons.json")).Message;

    private static NeuronSetFile File(string model, params (string Language, NeuronSet Set)[] sets) =>
        new(new NeuronOrigin("LAPE", "options", model, "text"), sets.ToDictionary(set => set.Language, set => set.Set));
}
