using MWork.Probes.Evidence;
using MWork.Probes.Neurons;
using MWork.Probes.Statistics;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>What one language's neurons and their controls cost it and the pivot, fact by fact.</summary>
internal sealed class LanguageEffect
{
    private readonly double[] _real;
    private readonly double[] _foreign;
    private readonly List<TwoWayCell> _random = [];
    private readonly AblationScores _own;
    private readonly Drop _ownDrop;
    private readonly Drop _pivotDrop;
    private readonly Dictionary<int, int> _partners;

    /// <param name="pairs">Places of matched facts: in the language's prompts and in the pivot's.</param>
    /// <param name="foreign">Sets of other languages, of the same size.</param>
    /// <param name="controls">Random sets.</param>
    /// <param name="design">Which of the matched facts score each random set.</param>
    public LanguageEffect(
        Language language, AblationScores own, AblationScores pivot, IReadOnlyList<(int Own, int Pivot)> pairs, NeuronSet real, NeuronSet[] foreign, NeuronSet[] controls, int[][] design)
    {
        (Language, _own) = (language, own);
        Facts = [.. pairs.Select(pair => pair.Own)];
        _partners = pairs.ToDictionary(pair => pair.Own, pair => pair.Pivot);
        _ownDrop = own.DropOf(real);
        _pivotDrop = pivot.DropOf(real);
        _real = Difference(_ownDrop, _pivotDrop);
        _foreign = new double[_real.Length];
        foreach (NeuronSet set in foreign)
        {
            double[] effect = Difference(own.DropOf(set), pivot.DropOf(set));
            Array.ForEach(Facts, fact => _foreign[fact] += effect[fact] / foreign.Length);
        }

        int[][] scored = [.. design.Select(chosen => chosen.Select(i => Facts[i]).ToArray())];
        int[][] partners = [.. scored.Select(facts => facts.Select(fact => _partners[fact]).ToArray())];
        CandidateScore[][] ownOff = own.Off(controls, scored);
        CandidateScore[][] pivotOff = pivot.Off(controls, partners);
        for (int draw = 0; draw < controls.Length; draw++)
        {
            for (int i = 0; i < scored[draw].Length; i++)
            {
                (int fact, int partner) = (scored[draw][i], partners[draw][i]);
                double effect = own.Clean[fact].LogOdds - ownOff[draw][i].LogOdds - (pivot.Clean[partner].LogOdds - pivotOff[draw][i].LogOdds);
                _random.Add(new TwoWayCell(fact, draw, _real[fact] - effect));
            }
        }
    }

    public Language Language { get; }

    public int[] Facts { get; }

    /// <summary>The effect less that of a random set, for each scored pair of fact and draw.</summary>
    /// <param name="firstDraw">Added to the number of the draw: each language has draws of its own.</param>
    public IEnumerable<TwoWayCell> LessRandom(int firstDraw) => _random.Select(cell => cell with { Draw = cell.Draw + firstDraw });

    /// <summary>The effect less the mean of other languages' sets.</summary>
    public IEnumerable<(int Fact, double Value)> LessForeign() => Facts.Select(fact => (fact, _real[fact] - _foreign[fact]));

    /// <summary>Accuracy above chance that is left in the pivot less what is left in the language.</summary>
    /// <param name="drawn">Facts, each as often as a bootstrap drew it.</param>
    public double KeptInPivotMore(int[] drawn)
    {
        int[] items = [.. drawn.Where(_partners.ContainsKey)];
        return _pivotDrop.Ratio([.. items.Select(fact => _partners[fact])]) - _ownDrop.Ratio(items);
    }

    public IEnumerable<SampleRow> Samples() => Facts.Select(fact => SampleRow.Of(
        $"{_own.Prompts[fact].Fact} in {Language.Code}",
        _own.Prompts[fact].Text,
        _own.Prompts[fact].Answer,
        [new("drop", _ownDrop.LogOdds[fact]), new("drop in pivot", _pivotDrop.LogOdds[_partners[fact]]), new("other sets", _foreign[fact])]));

    // By place in the language's prompts; 0 where a fact has no partner.
    private double[] Difference(Drop own, Drop pivot) => [.. own.LogOdds.Select(
        (drop, fact) => _partners.TryGetValue(fact, out int partner) ? drop - pivot.LogOdds[partner] : 0)];
}
