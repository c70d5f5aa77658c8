using MWork.Probes.Tokenizers.Patterns;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>Reads the field <c>pre_tokenizer</c>.</summary>
internal static class PreTokenizers
{
    private const string Supported =
        "Sequence, Split, ByteLevel, Metaspace, Whitespace, WhitespaceSplit, Digits, Punctuation, CharDelimiterSplit";

    // \w+|[^\w\s]+ of Rust's regex crate, whose words also take the zero-width joiners.
    private const string RustWords = @"[\w\u200C\u200D]+|[^\w\s\u200C\u200D]+";

    private static readonly CharacterClass Numeric = CharacterClass.OfCategories(CharacterClass.MaskOf("N"));
    private static readonly CharacterClass Punctuation = CharacterClass.OfCategories(CharacterClass.MaskOf("P"))
        .Add('!', '/').Add(':', '@').Add('[', '`').Add('{', '~');

    public static IPreTokenizer? Read(JsonField? field) => field is { } preTokenizer ? Read(preTokenizer) : null;

    private static IPreTokenizer Read(JsonField field)
    {
        string type = field["type"].Text();
        return type switch
        {
            "Sequence" => new PreTokenizerSequence([.. field["pretokenizers"].Items().Select(Read)]),
            "Split" => ReadSplit(field),
            "ByteLevel" => ByteLevelPreTokenizer.Read(field),
            "Metaspace" => Metaspace.Read(field),
            "Whitespace" => new SplitPreTokenizer(
                new InvertedDelimiter(new PatternDelimiter(new Pattern(RustWords))), SplitBehavior.Removed),
            "WhitespaceSplit" => new SplitPreTokenizer(new ClassDelimiter(CharacterClass.WhiteSpace), SplitBehavior.Removed),
            "Digits" => new SplitPreTokenizer(
                new ClassDelimiter(Numeric),
                field.Flag("individual_digits", absent: false) ? SplitBehavior.Isolated : SplitBehavior.Contiguous),
            "Punctuation" => new SplitPreTokenizer(new ClassDelimiter(Punctuation), ReadBehavior(field.Find("behavior"))),
            "CharDelimiterSplit" => new SplitPreTokenizer(new LiteralDelimiter(field["delimiter"].Text()), SplitBehavior.Removed),
            _ => throw field.Unsupported("pre-tokenizer", type, Supported),
        };
    }

    private static SplitPreTokenizer ReadSplit(JsonField field)
    {
        IDelimiter delimiter = Delimiters.Read(field["pattern"]);
        return new SplitPreTokenizer(
            field.Flag("invert", absent: false) ? new InvertedDelimiter(delimiter) : delimiter,
            ReadBehavior(field["behavior"]));
    }

    private static SplitBehavior ReadBehavior(JsonField? field) => field is not { } behavior
        ? SplitBehavior.Isolated
        : Enum.TryParse(behavior.Text(), out SplitBehavior parsed) && char.IsAsciiLetter(behavior.Text()[0])
            ? parsed
            : throw behavior.Unsupported("behavior", behavior.Text(), string.Join(", ", Enum.GetNames<SplitBehavior>()));
}
