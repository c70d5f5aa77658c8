using MWork.Probes.Text;

namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>
/// Puts words into templates, with the agreement that each language asks for (French article, Urdu gender, Vietnamese
/// classifier). A variant in another script is its base language's text, word for word: the same sentence in other letters and
/// nothing else.
/// </summary>
internal sealed class Phrasing
{
    /// <summary>The longest sentence in tokens, begin token not counted: two of them must fit a row of ordinary length.</summary>
    public const int LongestSentence = 14;

    /// <summary>Answer word, answer and full stop.</summary>
    private const int AfterQuestion = 3;

    private readonly IReadOnlyDictionary<string, string> _answerWords;
    private readonly Dictionary<(string Language, string Slot, string Feature), string[]> _forms;
    private readonly Dictionary<string, Language> _languages;
    private readonly Dictionary<string, Concept> _conceptOf = new(StringComparer.Ordinal);

    public Phrasing(
        IReadOnlyList<Language> languages,
        IReadOnlyList<Concept> concepts,
        IReadOnlyDictionary<string, string> answerWords,
        Dictionary<(string Language, string Slot, string Feature), string[]> forms)
    {
        _languages = languages.ToDictionary(language => language.Code, StringComparer.Ordinal);
        _answerWords = answerWords;
        _forms = forms;
        foreach (Language language in languages.Where(language => language.VariantOf is null))
        {
            foreach (Concept concept in concepts.Where(concept => concept.HasWordIn(language)))
            {
                _conceptOf.Add(concept.In(language), concept);
            }
        }
    }

    public string AnswerWord(Language language) => _answerWords[language.Code];

    /// <summary>The question in <paramref name="language"/>, then the answer word of <paramref name="answerLanguage"/>.</summary>
    /// <param name="slots">Word slots and what fills them: <c>e</c>, or <c>x</c> and <c>y</c>.</param>
    public IReadOnlyList<string> Question(
        Template template, Language language, Language answerLanguage, params IReadOnlyList<(string Slot, Concept Concept)> slots)
    {
        Language spoken = _languages[language.BaseCode];
        var tokens = new List<string>(LongestSentence);
        foreach (string piece in template.Question)
        {
            if (piece[0] != '{')
            {
                tokens.Add(piece);
                continue;
            }

            string slot = piece[1..^1];
            int filled = IndexOf(slots, slot);
            tokens.AddRange(filled >= 0 ? [slots[filled].Concept.In(spoken)] : Form(spoken, slot, slots[0].Concept));
        }

        if (spoken != language)
        {
            for (int i = 0; i < tokens.Count; i++)
            {
                tokens[i] = _conceptOf.TryGetValue(tokens[i], out Concept? concept) ? concept.In(language) : tokens[i];
            }
        }

        tokens.Add(AnswerWord(answerLanguage));
        return tokens;
    }

    /// <summary>What is wrong with a question's slots or its length; null where nothing is.</summary>
    public string? Problem(Language language, IReadOnlyList<string> question, bool reasoning)
    {
        string[] words = reasoning ? ["x", "y"] : ["e"];
        int length = question.Count + AfterQuestion;
        foreach (string slot in words)
        {
            if (question.Count(piece => piece == $"{{{slot}}}") != 1)
            {
                return $"the slot {{{slot}}} must stand in it once";
            }
        }

        foreach (string piece in question.Where(piece => piece[0] == '{' && !words.Contains(piece[1..^1], StringComparer.Ordinal)))
        {
            int[] lengths =
            [
                .. _forms.Where(form => form.Key.Language == language.Code && form.Key.Slot == piece[1..^1])
                    .Select(form => form.Value.Length),
            ];
            if (lengths.Length == 0)
            {
                return $"the slot {piece} has no forms for '{language.Code}'; add them to forms.tsv";
            }

            length += lengths.Max() - 1;
        }

        return length > LongestSentence ? $"it can reach {length} tokens and may have {LongestSentence}; shorten it" : null;
    }

    /// <summary>What keeps a concept from filling a language's agreement slots; null where nothing does.</summary>
    public string? MissingForm(Template template, Concept concept)
    {
        foreach (string piece in template.Question.Where(piece => piece[0] == '{' && piece is not ("{e}" or "{x}" or "{y}")))
        {
            string feature = concept.Feature(template.Language) ?? "(none)";
            if (!_forms.ContainsKey((template.Language, piece[1..^1], feature)))
            {
                return $"template {template.Id} needs a form of {piece} for '{concept.Id}' with feature {template.Language}={feature}";
            }
        }

        return null;
    }

    private string[] Form(Language language, string slot, Concept concept) =>
        _forms[(language.Code, slot, concept.Feature(language.Code)!)];

    private static int IndexOf(IReadOnlyList<(string Slot, Concept Concept)> slots, string slot)
    {
        for (int i = 0; i < slots.Count; i++)
        {
            if (slots[i].Slot == slot)
            {
                return i;
            }
        }

        return -1;
    }
}
