using System.Collections.Concurrent;
using MWork.Hypotheses.Harness;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>The knowledge neurons of some test facts asked in a language, found on other wordings than the one that scores; K1 and K2 share them.</summary>
internal sealed class FactNeurons
{
    // Full batches, and attributions of a large model still fit into memory.
    private const int FactsAtATime = 8;

    private static readonly ConcurrentDictionary<(Subject, string, KnowledgeNeuronProtocol), Lazy<FactNeurons>> s_found = new();

    private FactNeurons(Subject subject, Language language, KnowledgeNeuronProtocol protocol)
    {
        AblationScores scores = TaskScores.Knowledge(subject, language);
        Dictionary<string, Fact> facts = subject.World.Facts.ToDictionary(fact => fact.Id, StringComparer.Ordinal);
        var random = new CounterRandom(protocol.Seed, "facts with knowledge neurons");

        // Only what the model knows has neurons to be found.
        Facts = [.. Enumerable.Range(0, scores.Prompts.Count)
            .Where(place => scores.Clean[place].IsRight)
            .GroupBy(place => scores.Prompts[place].Relation)
            .SelectMany(relation =>
            {
                int[] places = [.. relation];
                return random.Fork(relation.Key).Sample(places.Length, Math.Min(places.Length, protocol.FactsPerRelation)).Select(i => places[i]);
            })
            .Order()];
        IReadOnlyList<int> layers = subject.Zones.Solving(subject.Layers);
        foreach (int[] places in Facts.Chunk(FactsAtATime))
        {
            Prompt[][] wordings = [.. places.Select(place => subject.World.Paraphrases(facts[scores.Prompts[place].Fact], language).Take(protocol.Wordings).ToArray())];
            Prompt[] asked = [.. wordings.SelectMany(own => own)];
            Attribution[] attributions = IntegratedGradients.Measure(
                subject.Model, [.. asked.Select(subject.Encode)], [.. asked.Select(prompt => subject.Model.Tokenizer.TokenToId(prompt.Answer)!.Value)], layers);
            foreach ((int place, Attribution[] own) in places.Zip(attributions.Chunk(protocol.Wordings)))
            {
                Selected[place] = KnowledgeNeurons.Select(own);
                ByWording[place] = [.. own.Select(one => KnowledgeNeurons.Counting(one))];
                CompletenessError[place] = own.Max(one => one.CompletenessError);
            }
        }
    }

    /// <summary>Places in the language's test prompts.</summary>
    public IReadOnlyList<int> Facts { get; }

    /// <summary>By place.</summary>
    public Dictionary<int, NeuronSet> Selected { get; } = [];

    /// <summary>What each wording alone would select, by place.</summary>
    public Dictionary<int, NeuronSet[]> ByWording { get; } = [];

    public Dictionary<int, double> CompletenessError { get; } = [];

    /// <summary>Why these neurons cannot be used, or null.</summary>
    public string? Problem => Facts.Count < 2 ? "fewer than two facts are known"
        : Facts.Max(fact => CompletenessError[fact]) is > KnowledgeNeurons.CompletenessLimit and var error
            ? FormattableString.Invariant($"completeness error {error:0.00}, at most {KnowledgeNeurons.CompletenessLimit:0.00} allowed")
            : null;

    public static FactNeurons Of(Subject subject, Language language, KnowledgeNeuronProtocol protocol) => s_found.GetOrAdd(
        (subject, language.Code, protocol), _ => new Lazy<FactNeurons>(() => new FactNeurons(subject, language, protocol))).Value;
}
