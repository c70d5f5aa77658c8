using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Interventions;
using MWork.Probes.Randomness;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>
/// G3's statistic: the state behind the task-solving layers, at the last position, comes from another prompt of the same relation in another
/// language. Then the answer should mean what the donor's does and be in the language of the question. Both rates stand against
/// what shuffled donors and shuffled languages give.
/// </summary>
internal static class Transplant
{
    public static Measurement Measure(Subject subject, Claim claim, TranslationProtocol protocol)
    {
        Language[] others = [.. subject.NonPivot];
        AblationScores[] own = [.. others.Select(language => TaskScores.Knowledge(subject, language))];
        if (own.Fails(protocol.SmallestAccuracy) is { } cannot)
        {
            return Measurement.Invalid(claim, cannot, own[0].Prompts.Count);
        }

        var random = new CounterRandom(protocol.Seed, "G3 donors");
        Answer[][] answers = [.. others.Select(language => Answers(subject, language, random.Fork(language.Code)))];
        int[] languages = [.. answers.SelectMany(own => own.Select(answer => answer.Language))];
        (int, double)[][] concept = [.. answers.Select(own => own
            .Select((answer, fact) => (fact, Is(answer.Concept == answer.Donor) - Shuffled(own, answer))).ToArray())];
        (int, double)[][] stays = [.. answers.Select((own, l) =>
        {
            int asked = subject.Tokens.IndexOf(others[l].Code);
            double byChance = languages.Count(language => language == asked) / (double)languages.Length;
            return own.Select((answer, fact) => (fact, Is(answer.Language == asked) - byChance)).ToArray();
        })];
        var bootstrap = new CounterRandom(protocol.Seed, "G3 bootstrap");
        return new Measurement
        {
            Findings = [FactEffects.Decide(claim.Criteria[0], concept, others, bootstrap), FactEffects.Decide(claim.Criteria[1], stays, others, bootstrap)],
            Power = FactEffects.Power(claim.Criteria[0], concept),
            Seeds = new(StringComparer.Ordinal) { ["donors"] = protocol.Seed, ["bootstrap"] = protocol.Seed },
        };

        static double Is(bool value) => value ? 1 : 0;
    }

    // How often the answers of the same relation mean what this donor's does.
    private static double Shuffled(Answer[] answers, Answer of)
    {
        Answer[] relation = [.. answers.Where(answer => answer.Relation == of.Relation)];
        return relation.Average(answer => answer.Concept == of.Donor ? 1.0 : 0);
    }

    private static Answer[] Answers(Subject subject, Language language, CounterRandom random)
    {
        IReadOnlyList<Prompt> prompts = subject.World.TestPrompts(language);
        Dictionary<string, string> conceptOf = subject.Languages
            .SelectMany(l => subject.World.Concepts.Where(concept => concept.HasWordIn(l)).Select(concept => (Word: concept.In(l), concept.Id)))
            .ToDictionary(pair => pair.Word, pair => pair.Id, StringComparer.Ordinal);
        IReadOnlyList<Prompt>[] foreign = [.. subject.Languages.Where(other => other != language).Select(other => subject.World.TestPrompts(other))];
        Prompt[] donors = [.. prompts.Select((prompt, i) =>
        {
            CounterRandom chance = random.Fork(i);
            int[] strangers = [.. Enumerable.Range(0, prompts.Count).Where(j => prompts[j].Relation == prompt.Relation && prompts[j].Answer != prompt.Answer)];
            return chance.Pick(foreign)[chance.Pick(strangers)];
        })];
        int behind = subject.Zones.SolvingTo(subject.Layers) - 1;
        CandidateScore[] scores = CandidateScores.Measure(
            subject.Model,
            prompts,
            Patching.From(subject.Model, [.. donors.Select(subject.Encode)], Patch.Residual(behind, fromEnd: [0])));
        return [.. scores.Zip(donors.Zip(prompts), (score, pair) => new Answer(
            pair.Second.Relation,
            conceptOf[pair.First.Answer],
            subject.Model.Tokenizer.IdToToken(score.TopToken) is { } word ? conceptOf.GetValueOrDefault(word) : null,
            subject.Tokens[score.TopToken]))];
    }

    /// <param name="Donor">What the donor's answer means.</param>
    /// <param name="Concept">What the highest token means; null for a word without a meaning.</param>
    /// <param name="Language">Whose word it is, or −1.</param>
    private sealed record Answer(string Relation, string Donor, string? Concept, int Language);
}
