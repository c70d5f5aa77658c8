using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses.Harness;

/// <summary>A language's neurons in a zone with both families of controls: random ones that the rule could have chosen, and other languages' own.</summary>
internal sealed class ControlledSet
{
    private readonly CounterRandom _random;
    private readonly int _factsPerDraw;

    private ControlledSet(NeuronSet real, IReadOnlyList<NeuronSet> foreign, MatchedControls controls, int draws, int factsPerDraw, CounterRandom random)
    {
        (Real, Foreign, _factsPerDraw, _random) = (real, foreign, factsPerDraw, random);
        Problem = real.Count == 0 ? "no neurons of its own there"
            : foreign.Count == 0 ? "the other languages have fewer neurons there"
            : controls.Lacks(draws);
        Random = Problem is null ? controls.Draw(draws, random) : [];
    }

    public NeuronSet Real { get; }

    /// <summary>Other languages' sets, cut to the size of the real one; of all others together where none has enough.</summary>
    public IReadOnlyList<NeuronSet> Foreign { get; }

    public IReadOnlyList<NeuronSet> Random { get; }

    /// <summary>Why there is nothing to compare; null where there is.</summary>
    public string? Problem { get; }

    /// <param name="zone">Layers.</param>
    /// <param name="kind">Which of the neurons, such as <see cref="NeuronSet.Ffn"/>.</param>
    public static ControlledSet Of(
        Subject subject,
        LanguageNeurons neurons,
        Language language,
        IReadOnlyList<int> zone,
        Func<NeuronSet, NeuronSet> kind,
        int draws,
        int factsPerDraw,
        CounterRandom random)
    {
        NeuronSet real = Here(neurons.Specific(language));
        Language[] others = [.. subject.NonPivot.Where(other => other != language)];
        NeuronSet[] foreign = [.. others
            .Select(other => MatchedControls.OtherLanguage(real, Here(neurons.Specific(other)), neurons.Importance(other)))
            .OfType<NeuronSet>()];
        if (foreign.Length == 0)
        {
            // The language with the most neurons finds no other with as many; all others together may have them.
            NeuronSet all = others.Aggregate(NeuronSet.Empty, (union, other) => union.Union(Here(neurons.Specific(other)))).Except(real);
            foreign = MatchedControls.OtherLanguage(real, all, neuron => others.Max(other => neurons.Importance(other)(neuron))) is { } union ? [union] : [];
        }

        return new ControlledSet(
            real, foreign, new MatchedControls(real, Here(neurons.Eligible), neurons.Importance(language)), draws, factsPerDraw, random.Fork(language.Code));

        NeuronSet Here(NeuronSet set) => kind(set).InLayers(zone);
    }

    /// <summary>Which of a number of facts score each random set.</summary>
    public int[][] Design(int facts) => SparseDesign.Balanced(Random.Count, facts, _factsPerDraw, _random);
}
