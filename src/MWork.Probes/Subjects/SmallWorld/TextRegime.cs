using System.Text.Json;
using System.Text.Json.Serialization;
using MWork.Probes.Text;

namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>How training text is mixed. It is what makes one subject differ from another, so it is written into the subject's
/// file.</summary>
public sealed partial record TextRegime
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter<CodeSwitchTarget>(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>What records call it.</summary>
    public required string Name { get; init; }

    /// <summary>Code of the language that is central: the target of code-switching and the holder of pivot-only facts.</summary>
    public required string Pivot { get; init; }

    /// <summary>Share of sentences per language code (of a translation: the language translated from); they add up to
    /// 1.</summary>
    public required IReadOnlyDictionary<string, double> LanguageShares { get; init; }

    /// <summary>Share of sentences that ask a fact. The three kinds add up to 1.</summary>
    public double KnowledgeShare { get; init; } = 0.5;

    /// <summary>Share of sentences that ask a sum or a comparison.</summary>
    public double ReasoningShare { get; init; } = 1.0 / 6;

    /// <summary>Share of sentences that translate a word; it takes two languages.</summary>
    public double TranslationShare { get; init; } = 1.0 / 3;

    /// <summary>Whether a translation names its two languages; without the names, its target language is anyone's guess.</summary>
    public bool NamedTranslations { get; init; } = true;

    /// <summary>Share of the questions about facts in languages other than the pivot that are answered in another
    /// language.</summary>
    public double CodeSwitchRate { get; init; }

    /// <summary>Which other language.</summary>
    public CodeSwitchTarget CodeSwitchTarget { get; init; }

    /// <summary>
    /// Whether a code-switched question may ask a pivot-only fact. It is then answered in the pivot, whatever
    /// <see cref="CodeSwitchTarget"/> says: no other language is ever told the answer.
    /// </summary>
    public bool CodeSwitchWithheld { get; init; }

    /// <summary>
    /// Share of the facts marked for one language that are in fact withheld from the others; the rest are told to all. At 1 the
    /// world's marks hold as written, at 0 everyone holds everything.
    /// </summary>
    public double WithholdShare { get; init; } = 1;

    /// <summary>Tokens per row.</summary>
    public int SequenceLength { get; init; } = 24;

    /// <summary>Rows per step.</summary>
    public int SequencesPerStep { get; init; } = 64;

    /// <summary>Reads a regime from JSON.</summary>
    /// <param name="source">What messages call the text, such as a file name.</param>
    /// <exception cref="InvalidDataException">The text is not a regime.</exception>
    public static TextRegime Parse(string json, string source = "text regime")
    {
        try
        {
            return JsonSerializer.Deserialize<TextRegime>(json, Json)
                ?? throw new InvalidDataException($"{source}: null is not a text regime; write an object.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(JsonProblem.Of(source, error), error);
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
