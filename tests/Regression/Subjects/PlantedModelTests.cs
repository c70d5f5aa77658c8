using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.Planted;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Tasks;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using MWork.Probes.Text;
using Shouldly;
using static MWork.Regression.Subjects.PlantedModels;

namespace MWork.Regression.Subjects;

/// <summary>The positive planted model does what its construction says, by the neurons that it lists.</summary>
public sealed class PlantedModelTests(PlantedModels models) : IClassFixture<PlantedModels>
{
    private readonly Subject _subject = models["planted-positive"];

    private IReadOnlyList<int> Solving => _subject.Zones.Solving(_subject.Layers);

    [Fact]
    public void Most_questions_are_answered_in_every_language()
    {
        foreach (Language language in _subject.Languages)
        {
            Accuracy(_subject, SharedFacts(_subject, language.Code)).ShouldBeInRange(0.8, 1, language.Code);
            Accuracy(_subject, Reasoning(_subject, language.Code)).ShouldBeInRange(0.8, 1, language.Code);
        }
    }

    [Fact]
    public void Facts_differ_in_how_surely_they_are_answered_and_knowledge_and_reasoning_overlap()
    {
        double[] knowledge = LogOdds(SharedFacts(_subject, "fr"));
        double[] reasoning = LogOdds(Reasoning(_subject, "fr"));
        (knowledge[^4] - knowledge[3]).ShouldBeGreaterThan(3);
        Math.Abs(knowledge[knowledge.Length / 2] - reasoning[reasoning.Length / 2]).ShouldBeLessThan(2);

        double[] LogOdds(Prompt[] prompts) =>
            [.. CandidateScores.Measure(_subject.Model, prompts).Select(score => score.LogOdds).Order()];
    }

    [Fact]
    public void A_fact_of_one_language_is_answered_in_that_language_only()
    {
        Accuracy(_subject, OwnFacts(_subject, "vi")).ShouldBeGreaterThan(0.8);
        Accuracy(_subject, OwnFacts(_subject, "vi", askedIn: "fr")).ShouldBeLessThan(0.3);
    }

    [Fact]
    public void Support_neurons_hold_up_their_language_its_own_facts_most_and_no_reasoning()
    {
        NeuronSet support = NeuronsOf(_subject, neuron => neuron is { Role: NeuronRole.Support, Language: "fr" });
        double shared = Drop(_subject, SharedFacts(_subject, "fr"), support);
        shared.ShouldBeGreaterThan(1);
        (Drop(_subject, OwnFacts(_subject, "fr"), support) - shared).ShouldBeGreaterThan(1);
        Drop(_subject, Reasoning(_subject, "fr"), support).ShouldBeInRange(-0.1, 0.1);
        Drop(_subject, SharedFacts(_subject, "en"), support).ShouldBeInRange(-0.1, 0.1);
        Drop(_subject, SharedFacts(_subject, "zh"), support).ShouldBeInRange(-0.1, 0.1);
    }

    [Fact]
    public void Only_the_pivot_leans_on_attention_neurons_of_the_task_solving_zone()
    {
        NeuronSet attention = NeuronsOf(_subject, neuron => neuron.IsLanguageSpecific).InLayers(Solving).Attention;
        attention.ShouldNotBeEmpty();
        Drop(_subject, SharedFacts(_subject, "en"), attention).ShouldBeGreaterThan(1);
        Drop(_subject, SharedFacts(_subject, "ur"), attention).ShouldBeInRange(-0.1, 0.1);
    }

    [Theory, InlineData(NeuronMatrix.Ffn), InlineData(NeuronMatrix.Value)]
    public void Without_a_languages_return_neurons_its_answers_stay_in_the_pivot_and_others_do_not_care(NeuronMatrix matrix)
    {
        NeuronSet off = NeuronsOf(
            _subject, neuron => neuron is { Role: NeuronRole.Return, Language: "fr" } && neuron.Matrix == matrix);
        Fidelity(_subject, SharedFacts(_subject, "fr"), "fr").ShouldBe(1);
        Fidelity(_subject, SharedFacts(_subject, "fr"), "en", off).ShouldBe(1);
        Fidelity(_subject, SharedFacts(_subject, "zh"), "zh", off).ShouldBe(1);
        Fidelity(_subject, SharedFacts(_subject, "en"), "en", off).ShouldBe(1);
    }

    [Fact]
    public void Idle_neurons_do_nothing()
    {
        NeuronSet idle = NeuronsOf(
            _subject, neuron => neuron.Role is NeuronRole.Idle or NeuronRole.Shared or NeuronRole.Background);
        Drop(_subject, SharedFacts(_subject, "vi"), idle).ShouldBeInRange(-0.1, 0.1);
        Accuracy(_subject, Reasoning(_subject, "vi"), idle).ShouldBe(Accuracy(_subject, Reasoning(_subject, "vi")));
    }

    [Fact]
    public void Without_its_knowledge_neuron_a_fact_is_forgotten_and_no_other()
    {
        Prompt[] prompts = SharedFacts(_subject, "ur");
        NeuronSet off = NeuronsOf(_subject, neuron => neuron.Fact == prompts[0].Fact);
        off.Count.ShouldBe(1);
        Drop(_subject, prompts[..1], off).ShouldBeGreaterThan(1);
        Drop(_subject, prompts[1..], off).ShouldBeInRange(-0.01, 0.01);
    }

    [Fact]
    public void The_answer_follows_the_state_and_its_language_the_question()
    {
        (double concept, double own, _) = Exchange.Measure(_subject);
        concept.ShouldBe(1);
        own.ShouldBe(1);
    }

    [Fact]
    public void Random_neurons_of_the_task_solving_zone_matter_more()
    {
        // Every 20th neuron of a layer, in ten ways: each neuron is left out by one or none of them.
        // Twice as many layers, twice as many neurons: half of the effect is that of as many.
        (Effect(Solving) - (Effect([0, 1, 2, 6, 7, 8]) / 2)).ShouldBeGreaterThan(0.1);

        double Effect(IReadOnlyList<int> layers) => Enumerable.Range(0, 10).Average(way => Drop(
            _subject,
            SharedFacts(_subject, "zh"),
            NeuronsOf(_subject, neuron => neuron.Index % 20 == 2 * way && layers.Contains(neuron.Layer)).Ffn));
    }

    [Fact]
    public void What_a_closed_gate_passes_is_nothing_rather_than_next_to_nothing()
    {
        // Below float's normal range processors are slow: with a tenth of the activations there, a forward pass took four times as long.
        using var scope = new TensorScope();
        SitePlan plan = SitePlan.None.Record(Enumerable.Range(0, _subject.Layers).Select(Sites.FfnActivation));
        ForwardPass pass = _subject.Model.Decoder.Forward(
            _subject.Model.Ops, TokenBatch.Of([.. SharedFacts(_subject, "zh").Take(16).Select(_subject.Encode)]), plan, logits: LogitsAt.None);
        float[] activations = [.. Enumerable.Range(0, _subject.Layers).SelectMany(layer => pass[Sites.FfnActivation(layer)].ToArray())];
        activations.Count(value => value == 0).ShouldBeGreaterThan(activations.Length / 2);
        activations.Count(float.IsSubnormal).ShouldBeLessThan(activations.Length / 1000);
    }

    [Fact]
    public void Every_feed_forward_neuron_is_listed_once_and_so_is_every_attention_row_in_use()
    {
        ModelConfig config = _subject.Model.Decoder.Config;
        NeuronsOf(_subject, _ => true).Count.ShouldBe(_subject.Planted.Count);
        NeuronsOf(_subject, _ => true).Ffn.Count.ShouldBe(config.Layers * config.IntermediateSize);
        float[] value = _subject.Model.Decoder.Weights[WeightNames.Block(3, "attention.v.weight")].ToArray();
        int[] used = [.. Enumerable.Range(0, value.Length / config.HiddenSize)
            .Where(row => value.AsSpan(row * config.HiddenSize, config.HiddenSize).IndexOfAnyExcept(0f) >= 0)];
        NeuronsOf(_subject, neuron => neuron is { Layer: 3, Matrix: NeuronMatrix.Value })
            .Select(neuron => neuron.Index).ShouldBe(used);
    }

    [Fact]
    public void The_same_design_gives_the_same_bytes()
    {
        World world = _subject.World;
        string first = Hash(new PlantedDesign());
        Hash(new PlantedDesign()).ShouldBe(first);
        Hash(new PlantedDesign { Seed = 2 }).ShouldNotBe(first);

        string Hash(PlantedDesign design) => PlantedSubject.Build(world, ["en", "fr"], design, ManagedBackend.Shared).Model.Hash;
    }

    [Fact]
    public void No_two_concepts_have_a_cosine_above_a_third()
    {
        int[] words = [.. Enumerable.Range(0, 4096).Select(ConceptCodes.GolayWord)];
        words.Distinct().Count().ShouldBe(4096);

        // The code is linear: its distances are its weights.
        words.Skip(1).Min(word => int.PopCount(word)).ShouldBe(8);
        var codes = new ConceptCodes(1, ["zero", "one"]);
        codes["zero"].Zip(codes["one"], (a, b) => a * b).Sum().ShouldBe(0);
        codes["cat"].Zip(codes["cat"], (a, b) => a * b).Sum().ShouldBe(1, 1e-6);
        Math.Abs(codes["cat"].Zip(codes["one"], (a, b) => a * b).Sum()).ShouldBeLessThan(0.34f);
    }
}
