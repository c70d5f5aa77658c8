namespace MWork.Probes.Tokenizers;

/// <summary>A tokenizer file that cannot be used: the message names the file, the field, and what is wrong.</summary>
public sealed class TokenizerFormatException : FormatException
{
    public TokenizerFormatException(string message)
        : base(message)
    {
    }

    public TokenizerFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }

    internal static TokenizerFormatException At(string file, string field, string sentence) =>
        new($"{file}: {field}: {sentence}");
}
