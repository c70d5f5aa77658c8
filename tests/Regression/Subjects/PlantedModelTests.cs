using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.Planted;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Tasks;
using MWork.Probes.Tensors.Managed;
using MWork.Probes.Text;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Subjects;

/// <summary>The planted models do what their construction says, by the neurons that it lists.</summary>
public sealed class PlantedModelTests : IClassFixture<PlantedModelTests.Models>
{
    private readonly Models _models;

    public PlantedModelTests(Models models) => _models = models;

    [Theory, InlineData("planted-positive"), InlineData("planted-no-pivot")]
    public void Every_shared_fact_is_answered_in_every_language(string name)
    {
        Subject subject = _models[name];
        foreach (Language language in subject.Languages)
        {
            Accuracy(subject, language).ShouldBe(1, language.Code);
        }
    }

    [Fact]
    public void A_fact_of_one_language_is_answered_in_that_language_only()
    {
        Subject subject = _models["planted-positive"];
        Prompt[] own = [.. subject.World.TestPrompts(subject.World.Language("vi"), "vi").Take(20)];
        Prompt[] foreign = [.. subject.World.TestPrompts(subject.World.Language("fr"), "vi").Take(20)];
        CandidateScores.Measure(subject.Model, own).ShouldAllBe(score => score.IsRight);
        CandidateScores.Measure(subject.Model, foreign).Count(score => score.IsRight).ShouldBeLessThan(8);
    }

    [Fact]
    public void Without_a_languages_return_neurons_its_answers_stay_in_the_pivot_and_others_do_not_care()
    {
        Subject subject = _models["planted-positive"];
        SitePlan off = Off(subject, neuron => neuron is { Role: NeuronRole.Return, Language: "fr" });
        Prompt[] french = [.. subject.World.TestPrompts(subject.World.Language("fr")).Take(20)];
        int pivot = subject.Tokens.IndexOf("en");
        CandidateScores.Measure(subject.Model, french, off).ShouldAllBe(score => subject.Tokens[score.TopToken] == pivot);
        Accuracy(subject, subject.World.Language("zh"), off).ShouldBe(1);
    }

    [Fact]
    public void Without_its_knowledge_neuron_a_fact_is_forgotten_in_that_language_only()
    {
        Subject subject = _models["planted-positive"];
        Prompt urdu = subject.World.TestPrompts(subject.World.Language("ur"))[0];
        Prompt chinese = subject.World.TestPrompts(subject.World.Language("zh"))[0];
        chinese.Fact.ShouldBe(urdu.Fact);
        SitePlan off = Off(subject, neuron => neuron.Role == NeuronRole.Knowledge && neuron.Language == "ur" && neuron.Fact == urdu.Fact);
        double clean = CandidateScores.Measure(subject.Model, [urdu])[0].LogOdds;
        CandidateScores.Measure(subject.Model, [urdu], off)[0].LogOdds.ShouldBeLessThan(clean - 3);
        CandidateScores.Measure(subject.Model, [chinese], off)[0].ShouldBe(CandidateScores.Measure(subject.Model, [chinese])[0]);
    }

    [Fact]
    public void Every_neuron_is_listed_once()
    {
        Subject subject = _models["planted-positive"];
        ModelConfig config = subject.Model.Decoder.Config;
        subject.Planted.Select(neuron => (neuron.Layer, neuron.Index)).Distinct().Count().ShouldBe(config.Layers * config.IntermediateSize);
        subject.Planted.Count.ShouldBe(config.Layers * config.IntermediateSize);
    }

    [Fact]
    public void The_same_design_gives_the_same_bytes()
    {
        World world = World.Load(Repository.Fixture("world"));
        (LanguageModel first, _) = PlantedSubject.Build(world, ["en", "fr"], new PlantedDesign(), ManagedBackend.Shared);
        (LanguageModel again, _) = PlantedSubject.Build(world, ["en", "fr"], new PlantedDesign(), ManagedBackend.Shared);
        (LanguageModel other, _) = PlantedSubject.Build(world, ["en", "fr"], new PlantedDesign { Seed = 2 }, ManagedBackend.Shared);
        again.Hash.ShouldBe(first.Hash);
        other.Hash.ShouldNotBe(first.Hash);
    }

    private static double Accuracy(Subject subject, Language language, SitePlan? plan = null) =>
        CandidateScores.Measure(subject.Model, [.. subject.World.TestPrompts(language).Take(40)], plan).Average(score => score.IsRight ? 1.0 : 0);

    private static SitePlan Off(Subject subject, Func<PlantedNeuron, bool> which)
    {
        SitePlan plan = SitePlan.None;
        foreach (IGrouping<int, PlantedNeuron> layer in subject.Planted.Where(which).GroupBy(neuron => neuron.Layer))
        {
            plan = plan.Zero(Sites.FfnActivation(layer.Key), [.. layer.Select(neuron => neuron.Index)]);
        }

        return plan;
    }

    public sealed class Models : IDisposable
    {
        private readonly Dictionary<string, Subject> _loaded = [];

        public Subject this[string name] => _loaded.TryGetValue(name, out Subject? subject)
            ? subject
            : _loaded[name] = Subject.Load(Repository.Fixture("subjects", $"{name}.json"), ManagedBackend.Shared);

        public void Dispose()
        {
            foreach (Subject subject in _loaded.Values)
            {
                subject.Dispose();
            }
        }
    }
}
