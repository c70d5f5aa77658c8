using MWork.Probes.Randomness;
using MWork.Probes.Text;

namespace MWork.Probes.Subjects.SmallWorld;

public sealed partial class World
{
    /// <summary>
    /// One sentence in so many is reasoning, the rest ask facts: the mix of these two in training by default. Drawn from one
    /// pool, documents would be mostly arithmetic, since number pairs have more strings than selection facts.
    /// </summary>
    private const int ReasoningEvery = 4;

    /// <summary>
    /// Documents of one language from the facts, number pairs and strings of one use. A sentence does not come twice in a
    /// document; it does come again in others. Equal arguments give equal documents, and document <c>i</c> does not depend on how
    /// many are asked for.
    /// </summary>
    /// <param name="count">How many documents.</param>
    /// <param name="tokens">The most tokens a document may have, begin tokens counted; none is more than one sentence
    /// shorter.</param>
    /// <param name="use"><see cref="Use.Selection"/> or <see cref="Use.Test"/>: the uses that have facts of their own.</param>
    /// <param name="facts">Which facts to tell; those that all languages hold where null, so that documents differ in language
    /// only.</param>
    /// <exception cref="ArgumentException">The texts of that use do not fill a document of that length.</exception>
    public IReadOnlyList<Document> Documents(
        Language language, int count, int tokens, ulong seed, Use use = Use.Selection, Func<Fact, bool>? facts = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, Phrasing.LongestSentence + 1);
        Sentence[] knowledge =
            [.. FactsFor(use).Where(facts ?? (fact => fact.IsShared)).SelectMany(fact => Questions(fact, language, use))];
        Sentence[] reasoning =
        [
            .. Reasoning.Where(item => item.Use == use).SelectMany(item =>
                TemplatesFor(item, language).Select(template => Question(item, template, language))),
        ];

        // Named by the base language: documents of a language and its variant hold the same sentences.
        CounterRandom random = new CounterRandom(seed, "documents").Fork($"{language.BaseCode} {use}");
        return [.. Enumerable.Range(0, count).Select(i => MakeDocument(language, knowledge, reasoning, tokens, random.Fork(i)))];
    }

    private static Document MakeDocument(
        Language language, Sentence[] knowledge, Sentence[] reasoning, int tokens, CounterRandom random)
    {
        var text = new List<string>(tokens);
        var sentences = new List<Sentence>();
        int[] facts = random.Fork("knowledge").Sample(knowledge.Length, knowledge.Length);
        int[] items = random.Fork("reasoning").Sample(reasoning.Length, reasoning.Length);

        // The first place is drawn too, or a document's only sum would always stand in the same place.
        int offset = random.NextInt(ReasoningEvery);
        int told = 0;
        int reasoned = 0;
        while (true)
        {
            bool reason = (sentences.Count + offset) % ReasoningEvery == 0;
            if (reason ? reasoned == items.Length : told == facts.Length)
            {
                throw new ArgumentException(
                    $"The world has too little text of this use for documents of {tokens} tokens; ask for shorter ones.", nameof(tokens));
            }

            Sentence next = reason ? reasoning[items[reasoned++]] : knowledge[facts[told++]];
            if (text.Count + 1 + next.Tokens.Count > tokens)
            {
                return new Document(language, text, sentences);
            }

            text.Add(Vocabulary.Begin);
            text.AddRange(next.Tokens);
            sentences.Add(next);
        }
    }
}
