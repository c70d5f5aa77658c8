using MWork.Probes.Tokenizers.Patterns;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>Pre-tokenizer <c>ByteLevel</c>: GPT-2's split (if asked), then bytes spelled as characters.</summary>
internal sealed class ByteLevelPreTokenizer(bool addPrefixSpace, bool useRegex) : IPreTokenizer
{
    private const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
    private static readonly SplitPreTokenizer Gpt2Split =
        new(new PatternDelimiter(new Pattern(Gpt2)), SplitBehavior.Isolated);

    public static ByteLevelPreTokenizer Read(JsonField field) =>
        new(field.Flag("add_prefix_space", absent: true), field.Flag("use_regex", absent: true));

    public void Split(Piece piece, List<Piece> output)
    {
        if (addPrefixSpace && !piece.Text.StartsWith(' '))
            piece = piece with { Text = $" {piece.Text}" };
        int start = output.Count;
        if (useRegex)
            Gpt2Split.Split(piece, output);
        else
            output.Add(piece);
        for (int i = start; i < output.Count; i++)
            output[i] = output[i] with { Text = ByteAlphabet.Spell(output[i].Text) };
    }
}
