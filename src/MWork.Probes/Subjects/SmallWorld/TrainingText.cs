using System.Runtime.InteropServices;
using MWork.Probes.Randomness;
using MWork.Probes.Text;

namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>
/// The training text of a regime: any step of it, from the seed and the step's number alone, so that a run can be resumed,
/// sharded and checked. It tells every fact to its holders, in training wordings only.
/// </summary>
/// <remarks>
/// Within a language every fact held is as likely as every other to be asked and answered there, shared or the language's own.
/// What code-switching adds to shared facts comes on top and is counted apart (<see cref="Exposures"/>).
/// </remarks>
public sealed class TrainingText
{
    private readonly World _world;
    private readonly TextRegime _regime;
    private readonly ulong _seed;
    private readonly Holding _holding;
    private readonly double[] _languageShares;
    private readonly ReasoningItem[] _reasoning;
    private readonly Dictionary<Language, Fact[]> _facts;
    private readonly Dictionary<Language, Fact[]> _switchable;
    private readonly Dictionary<(Language From, Language To), Concept[]> _translations = [];
    private readonly Dictionary<(Fact Fact, Language Language), Template[]> _templates = [];

    /// <exception cref="InvalidDataException">The regime does not suit the world.</exception>
    public TrainingText(World world, TextRegime regime, ulong seed)
    {
        _holding = new Holding(world, regime);
        _world = world;
        _regime = regime;
        _seed = seed;
        _languageShares = [.. _holding.Languages.Select(language => regime.LanguageShares[language.Code])];
        _reasoning = [.. world.Reasoning.Where(item => item.Use == Use.Train)];
        _facts = _holding.Languages.ToDictionary(language => language, language => _holding.FactsOf(language).ToArray());
        _switchable = _holding.Languages.ToDictionary(language => language, _holding.SwitchableFactsOf);
        Concept[] translatable = [.. world.Translatable];
        foreach (Language language in _holding.Languages)
        {
            // Whatever may be asked in the language, held there or not: hashing every wording anew would cost more than the text.
            foreach (Fact fact in _facts[language].Union(_switchable[language]))
            {
                _templates.Add((fact, language), [.. world.TemplatesFor(fact, language, Use.Train)]);
            }

            foreach (Language other in _holding.Languages.Where(other => other != language))
            {
                _translations.Add(
                    (language, other), [.. translatable.Where(concept => World.UseOfTranslation(concept, language, other) == Use.Train)]);
            }
        }
    }

    /// <summary>Who holds what under this text's regime.</summary>
    public Holding Holding => _holding;

    /// <summary>
    /// The rows of a step: whole sentences, each after a begin token, at most <see cref="TextRegime.SequenceLength"/> tokens. The
    /// caller pads.
    /// </summary>
    public IReadOnlyList<string[]> Step(int step) =>
        [.. Sentences(step).Select(row => row.SelectMany(sentence => sentence.Tokens.Prepend(Vocabulary.Begin)).ToArray())];

    /// <summary>The sentences of a step, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<Sentence>> Sentences(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        CounterRandom random = new CounterRandom(_seed, "training text").Fork(step);
        var rows = new List<Sentence>[_regime.SequencesPerStep];
        Sentence next = Draw(random);
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = [];
            int room = _regime.SequenceLength;

            // A sentence that does not fit opens the next row; drawing another in its place would starve the facts with long
            // wordings.
            while (room >= next.Tokens.Count + 1)
            {
                rows[i].Add(next);
                room -= next.Tokens.Count + 1;
                next = Draw(random);
            }
        }

        return rows;
    }

    /// <summary>How often the first steps tell each fact.</summary>
    public IReadOnlyDictionary<Exposure, int> Exposures(int steps)
    {
        var counts = new Dictionary<Exposure, int>();
        for (int step = 0; step < steps; step++)
        {
            foreach (Sentence sentence in Sentences(step).SelectMany(row => row).Where(sentence => sentence.Kind == TaskKind.Knowledge))
            {
                var exposure = new Exposure(sentence.Fact, sentence.Language.Code, sentence.AnswerLanguage.Code);
                CollectionsMarshal.GetValueRefOrAddDefault(counts, exposure, out _)++;
            }
        }

        return counts;
    }

    private Sentence Draw(CounterRandom random)
    {
        Language language = DrawLanguage(random, except: null);
        double kind = random.NextDouble();
        return kind < _regime.KnowledgeShare ? DrawKnowledge(random, language)
            : kind < _regime.KnowledgeShare + _regime.ReasoningShare || _regime.TranslationShare == 0 ? DrawReasoning(random, language)
            : DrawTranslation(random, language);
    }

    private Sentence DrawKnowledge(CounterRandom random, Language language)
    {
        if (language != _holding.Pivot && random.NextBool(_regime.CodeSwitchRate))
        {
            Fact switched = random.Pick(_switchable[language]);
            return _world.Say(switched, random.Pick(_templates[(switched, language)]), language, DrawAnswerLanguage(random, language, switched));
        }

        Fact fact = random.Pick(_facts[language]);
        return _world.Say(fact, random.Pick(_templates[(fact, language)]), language, language);
    }

    private Language DrawAnswerLanguage(CounterRandom random, Language language, Fact fact)
    {
        if (_regime.CodeSwitchTarget == CodeSwitchTarget.Pivot || _holding.IsPivotOnly(fact))
        {
            return _holding.Pivot;
        }

        Language[] others = [.. _holding.Languages.Where(other => other != language)];
        return random.Pick(others);
    }

    private Sentence DrawReasoning(CounterRandom random, Language language)
    {
        // Kind first: comparisons are three times as many as sums.
        string kind = random.Pick(ReasoningItem.Kinds);
        ReasoningItem item;
        do
        {
            item = random.Pick(_reasoning);
        }
        while (item.Kind != kind);

        return _world.Question(item, random.Pick(_world.TemplatesFor(item, language)), language);
    }

    private Sentence DrawTranslation(CounterRandom random, Language from)
    {
        Language to = DrawLanguage(random, from);
        return _world.Translation(random.Pick(_translations[(from, to)]), from, to, _regime.NamedTranslations);
    }

    /// <summary>By share; with <paramref name="except"/>, by share among the others.</summary>
    private Language DrawLanguage(CounterRandom random, Language? except)
    {
        double total = 0;
        for (int i = 0; i < _languageShares.Length; i++)
        {
            total += _holding.Languages[i] == except ? 0 : _languageShares[i];
        }

        double u = random.NextDouble() * total;
        Language last = _holding.Languages[0];
        for (int i = 0; i < _languageShares.Length; i++)
        {
            if (_holding.Languages[i] != except)
            {
                last = _holding.Languages[i];
                u -= _languageShares[i];
                if (u < 0)
                {
                    break;
                }
            }
        }

        return last;
    }
}
