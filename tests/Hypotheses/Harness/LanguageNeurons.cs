using System.Collections.Concurrent;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Subjects;
using MWork.Probes.Text;

namespace MWork.Hypotheses.Harness;

/// <summary>A subject's language neurons by PLND on selection text, found once for all claims.</summary>
internal sealed class LanguageNeurons
{
    private static readonly ConcurrentDictionary<(Subject, NeuronSelection, bool), Lazy<LanguageNeurons>> s_found = new();

    private readonly Subject _subject;
    private readonly ConsistentNeurons _consistent;
    private readonly Dictionary<string, double[]> _importances;

    private LanguageNeurons(Subject subject, NeuronSelection selection, PlndOptions options, Func<Language, Language> label)
    {
        _subject = subject;
        Counts = Plnd.Measure(
            subject.Model,
            subject.Languages.SelectMany(language => subject.Text.SelectionDocuments(language, selection.Pool, selection.Tokens, selection.Seed)
                .Select(document => document with { Language = label(language) })),
            options);
        _consistent = Counts.Draw(selection.Documents, new CounterRandom(selection.Seed, "documents that select"));
        Everything = new NeuronSet(Enumerable.Range(0, Counts.Layout.Count).Select(place => Counts.Layout[place]));
        Eligible = Everything.Except(_consistent[subject.Pivot.Code]);
        _importances = subject.Languages.ToDictionary(language => language.Code, language => Counts.MeanImportances(language.Code));
    }

    /// <summary>What every document found, for draws of one's own.</summary>
    public PlndCounts Counts { get; }

    /// <summary>Feed-forward neurons, which most claims are about.</summary>
    public static LanguageNeurons Ffn(Subject subject, NeuronSelection selection) => Of(subject, selection, attention: false);

    /// <summary>All neurons; those of attention cost ten times as much to find.</summary>
    public static LanguageNeurons All(Subject subject, NeuronSelection selection) => Of(subject, selection, attention: true);

    private static LanguageNeurons Of(Subject subject, NeuronSelection selection, bool attention) => s_found.GetOrAdd(
        (subject, selection, attention),
        key => new Lazy<LanguageNeurons>(() => new LanguageNeurons(
            key.Item1,
            key.Item2,
            new PlndOptions { TopShare = key.Item2.TopShare, Matrices = key.Item3 ? Enum.GetValues<NeuronMatrix>() : [NeuronMatrix.Ffn] },
            language => language))).Value;

    /// <summary>What a faulty detector finds, for the controls.</summary>
    /// <param name="label">The language that a document is taken to be in.</param>
    /// <param name="oddities">Faults of the score.</param>
    public static LanguageNeurons Faulty(Subject subject, NeuronSelection selection, Func<Language, Language>? label = null, ReleasedOddities? oddities = null) => new(
        subject,
        selection,
        new PlndOptions { TopShare = selection.TopShare, Matrices = [NeuronMatrix.Ffn], Oddities = oddities ?? ReleasedOddities.None },
        label ?? (language => language));

    /// <summary>N_ℓ less the pivot's; the pivot's less all others'.</summary>
    public NeuronSet Specific(Language language) => _consistent.Specific(language.Code, _subject.Pivot.Code);

    /// <summary>What the rule could have chosen for a language other than the pivot: every neuron that the pivot does not need in every document.</summary>
    public NeuronSet Eligible { get; }

    public NeuronSet Everything { get; }

    /// <summary>Importance on the text that selected, averaged over the language's documents.</summary>
    public Func<Neuron, double> Importance(Language language) => neuron => _importances[language.Code][Counts.Layout.PlaceOf(neuron)];
}
