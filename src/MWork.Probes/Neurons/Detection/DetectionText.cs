using System.Text;
using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Neurons.Detection;

/// <summary>Plain text to select neurons by: one file per language, named by its code (<c>fr.txt</c>), one document a line.</summary>
public static class DetectionText
{
    private const string Extension = ".txt";

    // Refuses what is no UTF-8, where the default would put U+FFFD.
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The codes of the languages that a folder has a file of, in ordinal order.</summary>
    /// <exception cref="NeuronFileException">There is no such folder, it has no such file, or a file's name is no language's code.</exception>
    public static IReadOnlyList<string> Languages(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new NeuronFileException($"{folder}: there is no such folder; name one with a file per language, such as fr{Extension}.");
        }

        string[] codes = [.. Directory.GetFiles(folder, $"*{Extension}").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];
        if (codes.Length == 0)
        {
            throw new NeuronFileException($"{folder}: holds no {Extension} file; name one per language by its code, such as fr{Extension}.");
        }

        string? unfit = codes.FirstOrDefault(code => !IsCode(code));
        return unfit is null
            ? codes
            : throw new NeuronFileException($"{Path.Combine(folder, unfit + Extension)}: '{unfit}' is no language's code; call the file by one, such as fr{Extension}.");
    }

    /// <summary>The documents of all languages, as many of each: a language's first document, then the next one's first, and so on. Empty
    /// lines are passed over, and so are lines that a language has already.</summary>
    /// <param name="tokenizer">Says what a document's tokens are; its special tokens are added.</param>
    /// <param name="tokens">The most tokens of a document; what is longer is cut.</param>
    /// <param name="documents">Of each language; null for as many as the language with the fewest has.</param>
    /// <exception cref="NeuronFileException">A file cannot be used, or has too few documents.</exception>
    public static IReadOnlyList<Document> Read(string folder, ITokenizer tokenizer, int tokens, int? documents = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tokens);
        (string File, Document[] Documents)[] languages = [.. Languages(folder).Select(code =>
            Path.Combine(folder, code + Extension) is var file ? (file, ReadLanguage(file, code, tokenizer, tokens, documents ?? int.MaxValue)) : default)];
        int each = documents ?? languages.Min(language => language.Documents.Length);
        foreach ((string file, Document[] own) in languages)
        {
            if (own.Length < Math.Max(1, each))
            {
                throw new NeuronFileException($"{file}: has {own.Length} different lines of text, and {Math.Max(1, each)} are wanted; add some, or ask for fewer documents.");
            }
        }

        return [.. Enumerable.Range(0, each).SelectMany(i => languages.Select(language => language.Documents[i]))];
    }

    private static Document[] ReadLanguage(string file, string code, ITokenizer tokenizer, int tokens, int most)
    {
        // Nothing is known of the language but its code.
        var language = new Language(code, code, code, Script: "");
        var documents = new List<Document>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int line = 0;
        try
        {
            foreach (string text in File.ReadLines(file, s_strict))
            {
                line++;
                if (documents.Count == most)
                {
                    break;
                }

                if (string.IsNullOrWhiteSpace(text))
                {
                    continue;
                }

                int[] ids = tokenizer.Encode(text);
                var document = new Document(
                    language,
                    [.. ids.Take(tokens).Select(id => tokenizer.IdToToken(id)
                        ?? throw new NeuronFileException($"{file}, line {line}: gives the id {id}, which the vocabulary has no token for; use the model's own tokenizer."))],
                    []);
                if (document.Tokens.Count > 0 && seen.Add(document.Hash))
                {
                    documents.Add(document);
                }
            }
        }
        catch (DecoderFallbackException error)
        {
            throw new NeuronFileException($"{file}: is not UTF-8 after line {line}; convert it.", error);
        }

        return [.. documents];
    }

    // BCP 47 as far as files need it: letters first, then parts of letters and digits.
    private static bool IsCode(string code) => code.Split('-') is [var first, .. var rest]
        && first.Length is 2 or 3 && first.All(char.IsAsciiLetter)
        && rest.All(part => part.Length is >= 2 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
}
