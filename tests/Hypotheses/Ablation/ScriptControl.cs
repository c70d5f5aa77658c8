using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using MWork.Probes.Subjects;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>
/// Whether ℓ's neurons are its own or its script's: the share of them that is important in a document of ℓ in other letters (Chinese in pinyin, Urdu in Latin
/// letters), less that share of matched random neurons. A set that only follows a script is silent there.
/// </summary>
internal static class ScriptControl
{
    /// <param name="sets">ℓ's neurons with their controls; languages that are written in one script only are passed over.</param>
    /// <returns>Null where the model knows no language of the subject in another script, as those trained on the shipped text do not.</returns>
    public static Finding? Decide(
        Criterion criterion, Subject subject, NeuronSelection selection, IReadOnlyList<(Language Language, ControlledSet Sets)> sets, CounterRandom random)
    {
        (Language Language, ControlledSet Sets, Document[] Documents)[] asked = [.. sets
            .Select(pair => (pair.Language, pair.Sets, Documents: InOtherLetters(subject, pair.Language, selection)))
            .Where(one => one.Documents.Length > 0)];
        if (asked.Length == 0)
        {
            return null;
        }

        if (asked.FirstOrDefault(one => one.Sets.Problem is not null) is { Sets: { } without } cannot)
        {
            return Finding.Invalid(criterion, $"{cannot.Language.Code}: {without.Problem}");
        }

        PlndCounts counts = Plnd.Measure(
            subject.Model, asked.SelectMany(one => one.Documents), new PlndOptions { TopShare = selection.TopShare, Matrices = [NeuronMatrix.Ffn] });
        Finding finding = FactEffects.Decide(
            criterion,
            [.. asked.Select(one => counts.Documents(one.Documents[0].Language.Code)
                .Select((document, i) => (i, Awake(one.Sets.Real, document) - one.Sets.Random.Average(set => Awake(set, document))))
                .ToArray())],
            [.. asked.Select(one => one.Language)],
            random,
            new Bounds(-1, 1));
        return finding.Verdict == Verdict.Refuted ? finding with { Note = "the neurons follow a script, not a language" } : finding;

        double Awake(NeuronSet set, DocumentNeurons document) => set.Count(neuron => document.Important[counts.Layout.PlaceOf(neuron)]) / (double)set.Count;
    }

    private static Document[] InOtherLetters(Subject subject, Language language, NeuronSelection selection)
    {
        Language? variant = subject.Text is FileText ? null : subject.World.Languages.FirstOrDefault(other => other.VariantOf == language.Code);
        if (variant is null)
        {
            return [];
        }

        Document[] documents = [.. subject.World.Documents(variant, selection.Documents, selection.Tokens, selection.Seed)];
        return documents.All(document => document.Tokens.All(word => subject.Model.Tokenizer.TokenToId(word) is not null)) ? documents : [];
    }
}
