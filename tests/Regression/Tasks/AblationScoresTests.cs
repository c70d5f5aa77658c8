using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Tasks;
using MWork.Probes.Text;
using MWork.Regression.Models;
using Shouldly;

namespace MWork.Regression.Tasks;

public sealed class AblationScoresTests : IDisposable
{
    private readonly LanguageModel _model = TinyPrompts.Model();
    private readonly Prompt[] _prompts = TinyPrompts.Draw(70);

    [Fact]
    public void Many_sets_in_one_pass_score_as_each_does_in_passes_of_its_own()
    {
        NeuronSet[] sets = [.. Enumerable.Range(0, 12).Select(Draw), NeuronSet.Empty];
        int[][] asked = [.. sets.Select((_, i) => new CounterRandom(3).Fork(i).Sample(_prompts.Length, 1 + (5 * i)))];
        using var scores = new AblationScores(_model, _prompts);
        CandidateScore[][] together = scores.Off(sets, asked);
        for (int i = 0; i < sets.Length; i++)
        {
            CandidateScore[] alone = CandidateScores.Measure(_model, _prompts, SitePlan.None.Zero(sets[i]));
            together[i].ShouldBe(asked[i].Select(prompt => alone[prompt]).ToArray());
        }
    }

    [Fact]
    public void Nothing_off_is_the_clean_score_and_something_off_is_not()
    {
        using var scores = new AblationScores(_model, _prompts);
        scores.Clean.ShouldBe(CandidateScores.Measure(_model, _prompts));
        scores.Off(NeuronSet.Empty).ShouldBe(scores.Clean);
        scores.Off(Draw(1)).ShouldNotBe(scores.Clean);
        scores.DropOf(NeuronSet.Empty).LogOdds.ShouldAllBe(drop => drop == 0);
    }

    [Fact]
    public void What_is_asked_again_is_answered_without_a_pass()
    {
        using var scores = new AblationScores(_model, _prompts);
        CandidateScore[] first = scores.Off(Draw(5));
        _model.Dispose();
        scores.Off(new NeuronSet(Draw(5))).ShouldBe(first);
        Should.Throw<ObjectDisposedException>(() => scores.Off(Draw(6)));
    }

    [Fact]
    public void A_neuron_that_the_model_does_not_have_is_refused()
    {
        using var scores = new AblationScores(_model, _prompts);
        Should.Throw<ArgumentException>(() => scores.Off(new NeuronSet([new Neuron(1, NeuronMatrix.Ffn, TinyModel.Config.IntermediateSize)])));
        Should.Throw<ArgumentException>(() => scores.Off([NeuronSet.Empty], []));
    }

    public void Dispose() => _model.Dispose();

    // Neurons of every matrix, in one layer or several.
    private static NeuronSet Draw(int seed)
    {
        CounterRandom random = new CounterRandom(7).Fork(seed);
        return new NeuronSet(Enumerable.Range(0, 1 + random.NextInt(20)).Select(_ => new Neuron(
            random.NextInt(TinyModel.Config.Layers), random.Pick(Enum.GetValues<NeuronMatrix>()), random.NextInt(12))));
    }
}
