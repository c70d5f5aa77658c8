using MWork.Probes.Neurons;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.Planted;
using MWork.Probes.Tensors.Managed;
using MWork.Probes.Text;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class PlantedKnowledgeTests
{
    [Theory, InlineData("fr"), InlineData("zh")]
    public void Attribution_finds_the_neuron_that_was_planted_for_the_fact(string language)
    {
        using Subject subject = Subject.Load(Repository.Fixture("subjects", "planted-positive.json"), ManagedBackend.Shared);
        Prompt[] prompts = [.. subject.World.TestPrompts(subject.World.Language(language)).Take(3)];
        Attribution[] attributions = IntegratedGradients.Measure(
            subject.Model,
            [.. prompts.Select(subject.Encode)],
            [.. prompts.Select(prompt => subject.Model.Tokenizer.TokenToId(prompt.Answer)!.Value)],
            [.. Enumerable.Range(subject.Zones.SolvingFrom, subject.Zones.SolvingTo(subject.Layers) - subject.Zones.SolvingFrom)]);
        foreach ((Prompt prompt, Attribution attribution) in prompts.Zip(attributions))
        {
            attribution.IsComplete.ShouldBeTrue();
            Neuron planted = subject.Planted.Single(neuron => neuron.Role == NeuronRole.Knowledge && neuron.Fact == prompt.Fact).Neuron;
            attribution.Neurons.MaxBy(neuron => neuron.Value).Neuron.ShouldBe(planted, prompt.Text);

            // What else counts is what permits answers in the language.
            NeuronSet selected = KnowledgeNeurons.Select([attribution, attribution, attribution]);
            selected.Where(neuron => neuron != planted).ShouldAllBe(neuron => subject.Planted.Any(known =>
                known.Neuron == neuron && known.Role == NeuronRole.Support && known.Language == language));
        }
    }

    /// <summary>A fact that is stored twice changes hands on the way: there its path is cut finer, and only there.</summary>
    [Fact]
    public void A_path_is_cut_finer_where_it_bends()
    {
        using Subject subject = Subject.Load(Repository.Fixture("subjects", "planted-diffused-knowledge.json"), ManagedBackend.Shared);
        Prompt[] prompts = [.. subject.World.TestPrompts(subject.World.Language("fr")).Take(12)];
        Attribution[] attributions = IntegratedGradients.Measure(
            subject.Model,
            [.. prompts.Select(subject.Encode)],
            [.. prompts.Select(prompt => subject.Model.Tokenizer.TokenToId(prompt.Answer)!.Value)],
            [subject.Zones.SolvingFrom + 1]);
        attributions.ShouldAllBe(attribution => attribution.CompletenessError <= KnowledgeNeurons.CompletenessLimit / 2);
        int[] nodes = [.. attributions.Select(attribution => attribution.Layers[0].Nodes)];
        nodes.Min().ShouldBe(5);
        nodes.Max().ShouldBeInRange(6, 128);
    }
}
