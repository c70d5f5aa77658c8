using System.Globalization;
using MWork.Probes.Text;

namespace MWork.Probes.Subjects.SmallWorld;

public sealed partial class World
{
    /// <summary>Share of the number pairs that train.</summary>
    private const double ReasoningTrain = 0.5;

    /// <summary>Share that trains or selects; the rest, two pairs in five, tests: enough for the 350 items that S2
    /// needs.</summary>
    private const double ReasoningTrainOrSelection = 0.6;

    /// <summary>Share of the (word, from, to) triples that train; and that train or select. The rest test.</summary>
    private const double TranslationTrain = 0.85;
    private const double TranslationTrainOrSelection = 0.9;

    /// <summary>What a translation pair is for: by hash of word and direction.</summary>
    public static Use UseOfTranslation(Concept concept, Language from, Language to) =>
        ContentHash.Fraction($"{concept.Id} {from.Code} {to.Code}") switch
        {
            < TranslationTrain => Use.Train,
            < TranslationTrainOrSelection => Use.Selection,
            _ => Use.Test,
        };

    /// <summary>The concepts whose words can be translated: all but function words.</summary>
    public IEnumerable<Concept> Translatable => Concepts.Where(concept => !concept.IsFunctionWord);

    private IEnumerable<ReasoningItem> MakeReasoning()
    {
        var numbers = Numbers.ToDictionary(number => int.Parse(number.Feature("value")!, CultureInfo.InvariantCulture));
        foreach ((int x, Concept left) in numbers)
        {
            foreach ((int y, Concept right) in numbers)
            {
                // A sum beyond the number words cannot be said.
                if (numbers.TryGetValue(x + y, out Concept? sum))
                {
                    yield return new ReasoningItem("sum", left, right, sum, UseOf("sum", left, right));
                }

                if (x != y)
                {
                    yield return new ReasoningItem("larger", left, right, x > y ? left : right, UseOf("larger", left, right));
                    yield return new ReasoningItem("smaller", left, right, x < y ? left : right, UseOf("smaller", left, right));
                }
            }
        }
    }

    private static Use UseOf(string kind, Concept x, Concept y)
    {
        (Concept first, Concept second) = x.Row <= y.Row ? (x, y) : (y, x);
        return ContentHash.Fraction($"{kind} {first.Id} {second.Id}") switch
        {
            < ReasoningTrain => Use.Train,
            < ReasoningTrainOrSelection => Use.Selection,
            _ => Use.Test,
        };
    }
}
