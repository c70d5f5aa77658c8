using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.Planted;
using MWork.Probes.Tensors;
using MWork.Probes.Text;
using Shouldly;
using static MWork.Regression.Subjects.PlantedModels;

namespace MWork.Regression.Subjects;

/// <summary>What the list of planted neurons calls language-specific is so in text: on in every document of the language, off in
/// others.</summary>
public sealed class PlantedNeuronTests(PlantedModels models) : IClassFixture<PlantedModels>
{
    private const int Tokens = 64;

    private readonly Subject _subject = models["planted-positive"];

    [Theory, InlineData("en"), InlineData("fr"), InlineData("ur")]
    public void A_languages_neurons_are_the_most_active_in_all_of_its_documents(string language)
    {
        NeuronSet own = NeuronsOf(_subject, neuron => neuron.IsLanguageSpecific && neuron.Language == language && IsSeen(neuron));
        own.Count.ShouldBe((_subject.Layers * (language == "en" ? 18 : 24)) + (4 * (language == "en" ? 7 : 6)));
        foreach (Document document in _subject.World.Documents(_subject.World.Language(language), 4, Tokens, seed: 1))
        {
            foreach (IGrouping<(int, NeuronMatrix), KeyValuePair<Neuron, double>> matrix in
                Contributions(document).GroupBy(pair => (pair.Key.Layer, pair.Key.Matrix)))
            {
                HashSet<Neuron> expected = [.. own.Where(neuron => (neuron.Layer, neuron.Matrix) == matrix.Key)];
                expected.SetEquals(matrix.OrderByDescending(pair => pair.Value).Take(expected.Count).Select(pair => pair.Key))
                    .ShouldBeTrue($"{matrix.Key}");
            }
        }
    }

    [Fact]
    public void A_languages_neurons_are_silent_in_documents_of_others()
    {
        NeuronSet chinese = NeuronsOf(_subject, neuron => neuron.IsLanguageSpecific && neuron.Language == "zh" && IsSeen(neuron));
        foreach (Language language in _subject.Languages.Where(language => language.Code != "zh"))
        {
            Dictionary<Neuron, double> contributions = Contributions(_subject.World.Documents(language, 1, Tokens, seed: 1)[0]);
            chinese.Max(neuron => contributions[neuron]).ShouldBeLessThan(1e-4, language.Code);
        }
    }

    [Fact]
    public void Each_language_has_as_many_feed_forward_neurons_in_every_layer_and_the_pivot_fewer()
    {
        foreach (Language language in _subject.Languages)
        {
            NeuronSet own = NeuronsOf(_subject, neuron => neuron.IsLanguageSpecific && neuron.Language == language.Code).Ffn;
            own.GroupBy(neuron => neuron.Layer).ShouldAllBe(layer => layer.Count() == (language == _subject.Pivot ? 18 : 24));
        }
    }

    [Fact]
    public void No_language_but_the_pivot_has_attention_neurons_in_the_task_solving_zone() =>
        NeuronsOf(_subject, neuron => neuron.IsLanguageSpecific && neuron.Language != "en").Attention
            .InLayers(_subject.Zones.Solving(_subject.Layers)).ShouldBeEmpty();

    [Theory, InlineData("planted-positive", true), InlineData("planted-script-only", false)]
    public void Romanised_text_wakes_the_same_neurons_unless_they_follow_the_script(string name, bool awake)
    {
        Subject subject = models[name];
        HashSet<Neuron> active = Most("zh");
        active.IntersectWith(NeuronsOf(subject, neuron => neuron.Role is NeuronRole.Idle or NeuronRole.Support));
        active.Count.ShouldBe(24 * 5);
        HashSet<Neuron> romanised = Most("zh-Latn");
        active.Count(romanised.Contains).ShouldBe(awake ? active.Count : 0);

        // In the layers that neither convert nor return.
        HashSet<Neuron> Most(string language) =>
        [
            .. Contributions(subject.World.Documents(subject.World.Language(language), 1, Tokens, seed: 1)[0], subject)
                .Where(pair => pair.Value > 0.35).Select(pair => pair.Key)
                .Where(neuron => neuron is { Matrix: NeuronMatrix.Ffn, Layer: 0 or 3 or 4 or 5 or 6 }),
        ];
    }

    // Rows of W_V stand where columns of W_O do.
    private static bool IsSeen(PlantedNeuron neuron) => neuron.Matrix is NeuronMatrix.Ffn or NeuronMatrix.Output;

    private Dictionary<Neuron, double> Contributions(Document document) => Contributions(document, _subject);

    // ‖activation‖ · ‖column of the projection behind it‖ / √T, for feed-forward neurons and columns of W_O.
    private static Dictionary<Neuron, double> Contributions(Document document, Subject subject)
    {
        using var scope = new TensorScope();
        NeuronMatrix[] matrices = [NeuronMatrix.Ffn, NeuronMatrix.Output];
        (int Layer, NeuronMatrix Matrix)[] places =
            [.. Enumerable.Range(0, subject.Layers).SelectMany(layer => matrices.Select(matrix => (layer, matrix)))];
        int[] ids = subject.Model.Tokenizer.Encode(string.Join(' ', document.Tokens), addSpecialTokens: false);
        ForwardPass pass = subject.Model.Decoder.Forward(
            subject.Model.Ops,
            TokenBatch.Of([ids]),
            SitePlan.None.Record(places.Select(place => Ablation.Site(place.Layer, place.Matrix))),
            logits: LogitsAt.None);
        return places.SelectMany(place =>
        {
            string weight = place.Matrix == NeuronMatrix.Ffn ? "ffn.down.weight" : "attention.o.weight";
            double[] columns = Norms(subject.Model.Decoder.Weights[WeightNames.Block(place.Layer, weight)]);
            double[] activations = Norms(pass[Ablation.Site(place.Layer, place.Matrix)]);
            return columns.Select((norm, i) => KeyValuePair.Create(
                new Neuron(place.Layer, place.Matrix, i), norm * activations[i] / Math.Sqrt(ids.Length)));
        }).ToDictionary();
    }

    // Of the columns of [.., n].
    private static double[] Norms(Tensor values)
    {
        double[] squares = new double[values.Size(-1)];
        float[] all = values.ToArray();
        for (int i = 0; i < all.Length; i++)
        {
            squares[i % squares.Length] += (double)all[i] * all[i];
        }

        return [.. squares.Select(Math.Sqrt)];
    }
}
