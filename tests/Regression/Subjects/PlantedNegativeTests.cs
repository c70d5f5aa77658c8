using MWork.Probes.Neurons;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.Planted;
using MWork.Probes.Text;
using Shouldly;
using static MWork.Regression.Subjects.PlantedModels;

namespace MWork.Regression.Subjects;

/// <summary>Each negative planted model lacks one mechanism and can do the task all the same.</summary>
public sealed class PlantedNegativeTests(PlantedModels models) : IClassFixture<PlantedModels>
{
    [Theory]
    [InlineData("planted-no-pivot")]
    [InlineData("planted-thinning")]
    [InlineData("planted-script-only")]
    [InlineData("planted-shared-only")]
    [InlineData("planted-spread-generation")]
    [InlineData("planted-diffused-knowledge")]
    public void Every_negative_answers_most_questions_in_every_language(string name)
    {
        Subject subject = models[name];
        foreach (Language language in subject.Languages)
        {
            Accuracy(subject, SharedFacts(subject, language.Code)).ShouldBeInRange(0.8, 1, language.Code);
            Accuracy(subject, Reasoning(subject, language.Code)).ShouldBeInRange(0.8, 1, language.Code);
            Fidelity(subject, SharedFacts(subject, language.Code), language.Code).ShouldBe(1, language.Code);
        }
    }

    [Fact]
    public void Without_a_pivot_nothing_returns_and_what_the_pivot_alone_holds_stays_with_it()
    {
        Subject subject = models["planted-no-pivot"];
        NeuronsOf(subject, neuron => neuron.Role == NeuronRole.Conversion).ShouldBeEmpty();
        Generating(subject, "fr").ShouldNotBeEmpty();
        Fidelity(subject, SharedFacts(subject, "fr"), "fr", Generating(subject, "fr")).ShouldBe(1);
        Exchange.Measure(subject).Donor.ShouldBe(1);
        Accuracy(subject, [.. subject.World.TestPrompts(subject.World.Language("fr"), "en").Take(30)]).ShouldBeLessThan(0.35);
    }

    [Fact]
    public void Thinning_leaves_a_quarter_of_the_feed_forward_neurons_and_their_effect()
    {
        Subject subject = models["planted-thinning"];
        NeuronSet french = NeuronsOf(subject, neuron => neuron.IsLanguageSpecific && neuron.Language == "fr").Ffn;
        IReadOnlyList<int> solving = subject.Zones.Solving(subject.Layers);
        french.GroupBy(neuron => neuron.Layer).ShouldAllBe(layer => layer.Count() == (solving.Contains(layer.Key) ? 6 : 24));
        Drop(subject, SharedFacts(subject, "fr"), french.InLayers(solving)).ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Neurons_that_follow_a_script_hold_up_all_languages_in_it()
    {
        Subject subject = models["planted-script-only"];
        NeuronSet support = NeuronsOf(subject, neuron => neuron.Role == NeuronRole.Support).Ffn;
        NeuronSet[] single = [.. support.Select(neuron => new NeuronSet([neuron]))];
        single.Length.ShouldBe(3 * 2);
        foreach (NeuronSet neuron in single)
        {
            double french = Drop(subject, SharedFacts(subject, "fr"), neuron);
            (french > 0.3).ShouldBe(Drop(subject, SharedFacts(subject, "vi"), neuron) > 0.3);
            (french > 0.3).ShouldBe(Drop(subject, SharedFacts(subject, "en"), neuron) > 0.3);
            (french > 0.3 && Drop(subject, SharedFacts(subject, "zh"), neuron) > 0.3).ShouldBeFalse();
        }
    }

    [Fact]
    public void Shared_neurons_leave_no_language_feed_forward_neurons_of_its_own_in_the_task_solving_zone()
    {
        Subject subject = models["planted-shared-only"];
        IReadOnlyList<int> solving = subject.Zones.Solving(subject.Layers);
        NeuronsOf(subject, neuron => neuron.IsLanguageSpecific).Ffn.InLayers(solving).ShouldBeEmpty();
        NeuronSet support = NeuronsOf(subject, neuron => neuron.Role == NeuronRole.Support && neuron.Language is null).Ffn;
        foreach (Language language in subject.Languages)
        {
            Drop(subject, SharedFacts(subject, language.Code), support).ShouldBeGreaterThan(1, language.Code);
        }
    }

    [Fact]
    public void Spread_generation_has_found_its_language_before_the_generation_zone()
    {
        Subject subject = models["planted-spread-generation"];
        NeuronSet returning = NeuronsOf(subject, neuron => neuron is { Role: NeuronRole.Return, Language: "fr" });
        Fidelity(subject, SharedFacts(subject, "fr"), "fr", Generating(subject, "fr")).ShouldBe(1);
        Fidelity(subject, SharedFacts(subject, "fr"), "en", returning).ShouldBe(1);
        (double concept, _, double donor) = Exchange.Measure(subject);
        concept.ShouldBe(1);
        donor.ShouldBe(1);
    }

    [Fact]
    public void Diffused_knowledge_misses_neither_copy_but_both_and_all_languages_have_it()
    {
        Subject subject = models["planted-diffused-knowledge"];
        Prompt prompt = SharedFacts(subject, "fr")[0];
        Neuron[] copies = [.. NeuronsOf(subject, neuron => neuron.Fact == prompt.Fact)];
        copies.Length.ShouldBe(2);
        Drop(subject, [prompt], new NeuronSet(copies[..1])).ShouldBeInRange(-0.5, 0.5);
        Drop(subject, [prompt], new NeuronSet(copies[1..])).ShouldBeInRange(-0.5, 0.5);
        Drop(subject, [prompt], new NeuronSet(copies)).ShouldBeGreaterThan(1);
        Accuracy(subject, OwnFacts(subject, "vi", askedIn: "fr")).ShouldBeGreaterThan(0.8);
        NeuronSet support = NeuronsOf(subject, neuron => neuron is { Role: NeuronRole.Support, Language: "vi" });
        Drop(subject, OwnFacts(subject, "vi"), support).ShouldBeLessThan(Drop(subject, SharedFacts(subject, "vi"), support) + 1);
    }

    private static NeuronSet Generating(Subject subject, string language)
    {
        int from = subject.Zones.SolvingTo(subject.Layers);
        return NeuronsOf(subject, neuron => neuron.IsLanguageSpecific && neuron.Language == language && neuron.Layer >= from);
    }
}
