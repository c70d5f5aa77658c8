using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;
using MWork.Probes.Text;
using MWork.Probes.Training;

namespace MWork.Hypotheses;

/// <summary>One seed of E1: a draw of documents and of facts that score, on which any set of neurons can be tuned.</summary>
internal sealed class TuningRun
{
    private readonly Subject _subject;
    private readonly EnhancementProtocol _protocol;
    private readonly TargetBatch[] _batches;
    private readonly Dictionary<Language, (Prompt[] Prompts, double Clean)> _scored;

    /// <param name="text">What to draw documents from.</param>
    /// <param name="asked">By language, all prompts with their clean scores; parallel between languages.</param>
    /// <param name="random">The run's own chance.</param>
    public TuningRun(
        Subject subject,
        EnhancementProtocol protocol,
        TuningText text,
        IReadOnlyDictionary<Language, AblationScores> asked,
        CounterRandom random)
    {
        (_subject, _protocol) = (subject, protocol);
        _batches = text.Draw(protocol.Steps, protocol.Rows, random.Fork("documents"));
        int all = asked.Values.First().Prompts.Count;
        int[] facts = random.Fork("facts").Sample(all, Math.Min(protocol.Facts, all));
        _scored = asked.ToDictionary(
            pair => pair.Key,
            pair => (facts.Select(fact => pair.Value.Prompts[fact]).ToArray(), facts.Average(fact => pair.Value.Clean[fact].LogOdds)));
    }

    /// <summary>The mean change of log-odds in each language, in nats, by tuning these neurons; by tuning all weights where null.</summary>
    public Dictionary<Language, double> Change(NeuronSet? neurons)
    {
        float rate = _subject.Planted.Count > 0 ? _protocol.PlantedLearningRate : _protocol.LearningRate;
        Decoder tuned = FineTuning.Run(
            _subject.Model.Ops,
            _subject.Model.Decoder,
            neurons,
            new AdamWOptions(_protocol.WeightDecay),
            new CosineSchedule(rate, _protocol.Steps, _protocol.WarmUp),
            step => _batches[step]);
        using Weights weights = tuned.Weights;
        LanguageModel model = _subject.Model with { Decoder = tuned, Hash = "tuned" };
        return _scored.ToDictionary(
            pair => pair.Key, pair => CandidateScores.Measure(model, pair.Value.Prompts).Average(score => score.LogOdds) - pair.Value.Clean);
    }
}
