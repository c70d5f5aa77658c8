using System.Text;
using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Lenses;

/// <summary>
/// Which script each token of a vocabulary is written in: all that can be said of a token's language where nobody has declared the
/// vocabulary. Tokens without a letter, and tokens of several scripts, bear none.
/// </summary>
public static class TokenScripts
{
    // The blocks that hold a script's letters in everyday text (Unicode 16, Blocks.txt).
    private static readonly (string Code, string Name, (int First, int Last)[] Blocks)[] s_scripts =
    [
        ("Latn", "Latin", [(0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EFF)]),
        ("Grek", "Greek", [(0x370, 0x3FF), (0x1F00, 0x1FFF)]),
        ("Cyrl", "Cyrillic", [(0x400, 0x52F)]),
        ("Hebr", "Hebrew", [(0x590, 0x5FF)]),
        ("Arab", "Arabic", [(0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)]),
        ("Deva", "Devanagari", [(0x900, 0x97F)]),
        ("Beng", "Bengali", [(0x980, 0x9FF)]),
        ("Taml", "Tamil", [(0xB80, 0xBFF)]),
        ("Telu", "Telugu", [(0xC00, 0xC7F)]),
        ("Thai", "Thai", [(0xE00, 0xE7F)]),
        ("Ethi", "Ethiopic", [(0x1200, 0x137F)]),
        ("Kana", "Kana", [(0x3041, 0x30FF)]),
        ("Hang", "Hangul", [(0x1100, 0x11FF), (0xAC00, 0xD7A3)]),
        ("Hani", "Han", [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF)]),
    ];

    /// <summary>Scripts in the place of languages; those alone that the vocabulary has.</summary>
    public static TokenLanguages Of(ITokenizer tokenizer)
    {
        int[] scripts = [.. Enumerable.Range(0, tokenizer.VocabularySize).Select(id => ScriptOf(tokenizer.Decode([id])))];
        int[] present = [.. scripts.Where(script => script >= 0).Distinct().Order()];
        return new TokenLanguages(
            [.. present.Select(script => new Language(s_scripts[script].Code, s_scripts[script].Name, s_scripts[script].Name, s_scripts[script].Name))],
            [.. scripts.Select(script => script < 0 ? -1 : Array.IndexOf(present, script))]);
    }

    private static int ScriptOf(string token)
    {
        int found = -1;
        foreach (Rune rune in token.EnumerateRunes())
        {
            int script = Rune.IsLetter(rune) ? Array.FindIndex(s_scripts, s => s.Blocks.Any(block => rune.Value >= block.First && rune.Value <= block.Last)) : -1;
            if (script >= 0 && found >= 0 && script != found)
            {
                return -1;
            }

            found = script >= 0 ? script : found;
        }

        return found;
    }
}
