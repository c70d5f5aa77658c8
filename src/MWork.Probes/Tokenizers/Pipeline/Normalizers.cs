using MWork.Probes.Tokenizers.SentencePiece;
using MWork.Probes.Tokenizers.Unicode;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>Reads the field <c>normalizer</c>.</summary>
internal static class Normalizers
{
    private const string Supported =
        "Sequence, Prepend, Replace, NFC, NFD, NFKC, NFKD, Lowercase, Strip, StripAccents, Nmt, ByteLevel, Precompiled";

    public static INormalizer? Read(JsonField? field) => field is { } normalizer ? Read(normalizer) : null;

    private static INormalizer Read(JsonField field)
    {
        string type = field["type"].Text();
        switch (type)
        {
            case "Sequence":
                INormalizer[] steps = [.. field["normalizers"].Items().Select(Read)];
                return new TextNormalizer(text => steps.Aggregate(text, (current, step) => step.Normalize(current)));
            case "Prepend":
                string prefix = field["prepend"].Text();
                return new TextNormalizer(text => text.Length == 0 ? text : prefix + text);
            case "Replace":
                return Replacement.Read(field);
            case "NFC":
                return new TextNormalizer(text => NormalForm.Compose(text, compatibility: false));
            case "NFKC":
                return new TextNormalizer(text => NormalForm.Compose(text, compatibility: true));
            case "NFD":
                return new TextNormalizer(text => NormalForm.Decompose(text, compatibility: false));
            case "NFKD":
                return new TextNormalizer(text => NormalForm.Decompose(text, compatibility: true));
            case "Lowercase":
                return new TextNormalizer(CharacterFilters.Lowercase);
            case "Strip":
                return ReadStrip(field);
            case "StripAccents":
                return new TextNormalizer(CharacterFilters.WithoutMarks);
            case "Nmt":
                return new TextNormalizer(CharacterFilters.Nmt);
            case "ByteLevel":
                return new TextNormalizer(ByteAlphabet.Spell);
            case "Precompiled":
                JsonField charsmap = field["precompiled_charsmap"];
                return new PrecompiledNormalizer(
                    CharacterMap.Read(CharacterFilters.Base64(charsmap), out string problem) ?? throw charsmap.Refuse(problem));
            default:
                throw field.Unsupported("normalizer", type, Supported);
        }
    }

    private static TextNormalizer ReadStrip(JsonField field)
    {
        bool left = field.Flag("strip_left", absent: true);
        bool right = field.Flag("strip_right", absent: true);
        return new TextNormalizer(text => (left, right) switch
        {
            (true, true) => text.Trim(),
            (true, false) => text.TrimStart(),
            (false, true) => text.TrimEnd(),
            _ => text,
        });
    }
}
