using MWork.Probes.Tokenizers.Pipeline;
using MWork.Probes.Tokenizers.SentencePiece;

namespace MWork.Probes.Tokenizers;

/// <summary>Opens the tokenizer files of released checkpoints.</summary>
public static class Tokenizer
{
    /// <summary>
    /// Loads <c>tokenizer.json</c> (preferred) or <c>tokenizer.model</c> from a checkpoint directory, or the file itself.
    /// A <c>tokenizer_config.json</c> beside it says which tokens begin, end and pad.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file or directory, or the directory holds neither.</exception>
    /// <exception cref="TokenizerFormatException">The file is damaged or uses something unsupported; the message says what.
    /// </exception>
    public static ITokenizer Load(string directoryOrFile)
    {
        ArgumentException.ThrowIfNullOrEmpty(directoryOrFile);
        string file = Locate(directoryOrFile);
        string directory = Path.GetDirectoryName(Path.GetFullPath(file))!;
        string config = Path.Combine(directory, "tokenizer_config.json");
        SpecialTokenNames names = File.Exists(config)
            ? JsonField.Parse(config, File.ReadAllBytes(config), SpecialTokenNames.Read)
            : SpecialTokenNames.None;
        byte[] bytes = File.ReadAllBytes(file);
        return Path.GetExtension(file).ToUpperInvariant() switch
        {
            ".JSON" => TokenizerJson.Read(file, bytes, names),
            ".MODEL" => new SentencePieceTokenizer(SentencePieceModel.Read(file, bytes), names),
            _ => throw new TokenizerFormatException($"{file}: name: not supported; supported: *.json, *.model."),
        };
    }

    private static string Locate(string path)
    {
        if (File.Exists(path))
            return path;
        if (!Directory.Exists(path))
            throw new FileNotFoundException($"No tokenizer: there is no file or directory '{path}'.", path);
        string[] candidates = ["tokenizer.json", "tokenizer.model"];
        return candidates.Select(name => Path.Combine(path, name)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"No tokenizer: '{path}' holds neither {string.Join(" nor ", candidates)}.", path);
    }
}
