using MWork.Probes.Evidence;
using MWork.Probes.Neurons;
using MWork.Probes.Statistics;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses.Harness;

/// <summary>What a language's neurons and their controls cost it and the pivot, fact by fact.</summary>
internal sealed class LanguageEffect
{
    private readonly Func<CandidateScore, double> _ownWorth;
    private readonly Func<CandidateScore, double> _pivotWorth;
    private readonly int _firstFact;
    private readonly double[] _real;
    private readonly double[] _foreign;
    private readonly TwoWayCell[] _random;
    private readonly AblationScores _own;
    private readonly Drop _ownDrop;
    private readonly Drop _pivotDrop;
    private readonly Dictionary<int, int> _partners;

    /// <param name="pairs">Places of matched facts: in the language's prompts and in the pivot's.</param>
    /// <param name="sets">The real set and its controls.</param>
    /// <param name="firstFact">Added to the number of each fact where two languages have different facts.</param>
    /// <param name="ownWorth">What of a score may be lost in the language; log-odds where null.</param>
    /// <param name="pivotWorth">The same in the pivot.</param>
    public LanguageEffect(
        Language language,
        AblationScores own,
        AblationScores pivot,
        IReadOnlyList<(int Own, int Pivot)> pairs,
        ControlledSet sets,
        int firstFact = 0,
        Func<CandidateScore, double>? ownWorth = null,
        Func<CandidateScore, double>? pivotWorth = null)
    {
        (Language, _own, _firstFact) = (language, own, firstFact);
        _ownWorth = ownWorth ?? (score => score.LogOdds);
        _pivotWorth = pivotWorth ?? (score => score.LogOdds);
        Facts = [.. pairs.Select(pair => pair.Own)];
        _partners = pairs.ToDictionary(pair => pair.Own, pair => pair.Pivot);
        _ownDrop = own.DropOf(sets.Real);
        _pivotDrop = pivot.DropOf(sets.Real);
        OwnLoss = Loss(own, sets.Real, _ownWorth);
        PivotLoss = Loss(pivot, sets.Real, _pivotWorth);
        _real = Difference(OwnLoss, PivotLoss);
        _foreign = new double[_real.Length];
        foreach ((int fact, _, double effect) in Effects(pivot, sets.Foreign, [.. sets.Foreign.Select(_ => Facts)]))
        {
            _foreign[fact] += effect / sets.Foreign.Count;
        }

        int[][] scored = [.. sets.Design(Facts.Length).Select(chosen => chosen.Select(i => Facts[i]).ToArray())];
        _random = [.. Effects(pivot, sets.Random, scored).Select(cell => new TwoWayCell(cell.Fact, cell.Set, _real[cell.Fact] - cell.Effect))];
    }

    public Language Language { get; }

    public int[] Facts { get; }

    /// <summary>What the real set costs, by place in the language's prompts.</summary>
    public double[] OwnLoss { get; }

    /// <summary>What the real set costs the pivot, by place in the pivot's prompts.</summary>
    public double[] PivotLoss { get; }

    /// <summary>The effect less that of a random set, for each scored pair of fact and draw.</summary>
    /// <param name="firstDraw">Added to the number of the draw: each language has draws of its own.</param>
    public IEnumerable<TwoWayCell> LessRandom(int firstDraw) => _random.Select(cell => cell with { Fact = cell.Fact + _firstFact, Draw = cell.Draw + firstDraw });

    /// <summary>The effect less the mean of other languages' sets.</summary>
    public IEnumerable<(int Fact, double Value)> LessForeign() => Facts.Select(fact => (fact + _firstFact, _real[fact] - _foreign[fact]));

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
        [new("loss", OwnLoss[fact]), new("loss in pivot", PivotLoss[_partners[fact]]), new("other sets", _foreign[fact])]));

    // What each set costs each of its facts in the language less what it costs in the pivot.
    private IEnumerable<(int Fact, int Set, double Effect)> Effects(AblationScores pivot, IReadOnlyList<NeuronSet> sets, int[][] facts)
    {
        int[][] partners = [.. facts.Select(some => some.Select(fact => _partners[fact]).ToArray())];
        CandidateScore[][] ownOff = _own.Off(sets, facts);
        CandidateScore[][] pivotOff = pivot.Off(sets, partners);
        return
            from set in Enumerable.Range(0, sets.Count)
            from i in Enumerable.Range(0, facts[set].Length)
            let fact = facts[set][i]
            let partner = partners[set][i]
            select (fact, set, _ownWorth(_own.Clean[fact]) - _ownWorth(ownOff[set][i])
                - (_pivotWorth(pivot.Clean[partner]) - _pivotWorth(pivotOff[set][i])));
    }

    private static double[] Loss(AblationScores scores, NeuronSet set, Func<CandidateScore, double> worth) =>
        [.. scores.Clean.Zip(scores.Off(set), (clean, off) => worth(clean) - worth(off))];

    // By place in the language's prompts; 0 where a fact has no partner.
    private double[] Difference(double[] own, double[] pivot) =>
        [.. own.Select((loss, fact) => _partners.TryGetValue(fact, out int partner) ? loss - pivot[partner] : 0)];
}
