using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Tensors;
using MWork.Probes.Text;

namespace MWork.Probes.Tasks;

/// <summary>
/// Scores of a list of prompts with sets of neurons at zero, for many sets: what lies below the lowest neuron runs once per prompt,
/// the rows of one pass belong to different sets, and nothing is scored twice. The scores have the bits of
/// <see cref="CandidateScores.Measure(LanguageModel, IReadOnlyList{Prompt}, SitePlan?)"/> under the set's plan. Safe to share between threads.
/// </summary>
public sealed class AblationScores : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LanguageModel _model;
    private readonly AnswerRows[] _answers;
    private readonly int[] _first; // by prompt, its first row among those of all
    private readonly int _rowsPerPass;
    private readonly Dictionary<Entrance, CleanStart> _starts = [];
    private readonly Dictionary<NeuronSet, CandidateScore?[]> _known = [];

    /// <exception cref="ArgumentException">An answer or a candidate is not one token of the model.</exception>
    public AblationScores(LanguageModel model, IReadOnlyList<Prompt> prompts)
    {
        _model = model;
        Prompts = prompts;
        _answers = [.. prompts.Select(prompt => AnswerRows.Of(model.Tokenizer, prompt))];
        _first = new int[_answers.Length];
        for (int i = 1; i < _first.Length; i++)
        {
            _first[i] = _first[i - 1] + _answers[i - 1].Rows.Count;
        }

        _rowsPerPass = AnswerRows.RowsPerPass(_answers);
        Clean = CandidateScores.Measure(model, prompts);
    }

    public IReadOnlyList<Prompt> Prompts { get; }

    /// <summary>One score per prompt, with nothing off.</summary>
    public IReadOnlyList<CandidateScore> Clean { get; }

    /// <summary>One score per prompt with the set at zero.</summary>
    public CandidateScore[] Off(NeuronSet set) => Off([set], [[.. Enumerable.Range(0, Prompts.Count)]])[0];

    /// <summary>What the set costs on all prompts.</summary>
    public Drop DropOf(NeuronSet set) => new(Prompts, Clean, Off(set));

    /// <summary>Scores several sets, each on prompts of its own.</summary>
    /// <param name="sets">What to switch off.</param>
    /// <param name="prompts">For each set, which prompts: all of them, or a few when there are many sets (<see cref="SparseDesign"/>).</param>
    /// <returns>[set][prompt], in the order asked for.</returns>
    /// <exception cref="ArgumentException">The two lists are not parallel, or a neuron is not one of the model's.</exception>
    public CandidateScore[][] Off(IReadOnlyList<NeuronSet> sets, IReadOnlyList<int[]> prompts)
    {
        if (sets.Count != prompts.Count)
        {
            throw new ArgumentException($"{sets.Count} sets, but {prompts.Count} lists of prompts.", nameof(prompts));
        }

        lock (_lock)
        {
            Cell[] missing = [.. sets.Zip(prompts)
                .SelectMany(pair => pair.Second.Select(prompt => new Cell(pair.First, prompt)))
                .Where(cell => Known(cell.Set)[cell.Prompt] is null)
                .Distinct()
                .OrderBy(cell => _answers[cell.Prompt].Rows[0].Length)];
            Dictionary<NeuronSet, Entrance> entrances = missing.Select(cell => cell.Set).Distinct().ToDictionary(set => set, EntranceOf);
            ILookup<Entrance, Cell> byEntrance = missing.ToLookup(cell => entrances[cell.Set]);
            Start([.. byEntrance.Select(own => own.Key)]);
            foreach (IGrouping<Entrance, Cell> own in byEntrance)
            {
                new Batches(_model.Ops, _model.Decoder.Config, _rowsPerPass).Each(
                    [.. own], cell => _answers[cell.Prompt].Rows.Sum(row => row.Length), (_, rows) => Measure(_starts[own.Key], rows));
            }

            return [.. sets.Zip(prompts, (set, own) => own.Select(prompt => Known(set)[prompt]!.Value).ToArray())];
        }
    }

    public void Dispose()
    {
        foreach (CleanStart start in _starts.Values)
        {
            start.Dispose();
        }
    }

    private CandidateScore?[] Known(NeuronSet set)
    {
        if (!_known.TryGetValue(set, out CandidateScore?[]? scores))
        {
            _known[set] = scores = set.Count > 0 ? new CandidateScore?[Prompts.Count] : [.. Clean.Select(score => (CandidateScore?)score)];
        }

        return scores;
    }

    // The highest place below which the set changes nothing.
    private static Entrance EntranceOf(NeuronSet set)
    {
        int lowest = set.First().Layer;
        return new Entrance(lowest, AtNeurons: set.TakeWhile(neuron => neuron.Layer == lowest).All(neuron => neuron.Matrix == NeuronMatrix.Ffn));
    }

    // One pass for all places that some set begins at.
    private void Start(Entrance[] entrances)
    {
        Entrance[] missing = [.. entrances.Where(entrance => !_starts.ContainsKey(entrance))];
        if (missing.Length > 0)
        {
            foreach (CleanStart start in CleanStart.At(missing, _model, [.. _answers.SelectMany(answer => answer.Rows)]))
            {
                _starts[start.Entrance] = start;
            }
        }
    }

    private void Measure(CleanStart start, Cell[] rows)
    {
        using var scope = new TensorScope();
        int[] all = [.. rows.SelectMany(row => Enumerable.Range(_first[row.Prompt], _answers[row.Prompt].Rows.Count))];
        (TokenBatch tokens, Tensor[] values) = start.Rows(_model.Ops, all);
        SitePlan plan = SitePlan.None.Zero([.. rows.SelectMany(row => Enumerable.Repeat(row.Set, _answers[row.Prompt].Rows.Count))]);
        LogitsAt at = AnswerRows.LogitsOf(_answers);
        ForwardPass pass = _model.Decoder.ForwardFrom(_model.Ops, tokens, start.Entrance, values, plan, at);
        CandidateScore[] scores = AnswerRows.Score(_model.Ops, [.. rows.Select(row => _answers[row.Prompt])], pass.Logits);
        for (int row = 0; row < rows.Length; row++)
        {
            Known(rows[row].Set)[rows[row].Prompt] = scores[row];
        }
    }

    private readonly record struct Cell(NeuronSet Set, int Prompt);
}
