namespace MWork.Probes.Tokenizers;

/// <summary>Pre-tokenizer <c>WhitespaceSplit</c>: the stretches between white space, which is dropped.</summary>
internal sealed class WhitespaceSplit : IPreTokenizer
{
    public void Split(Piece piece, List<Piece> output)
    {
        string text = piece.Text;
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !char.IsWhiteSpace(text[i]))
                continue;
            if (i > start)
                output.Add(new Piece(text[start..i], piece.AtStart && start == 0));
            start = i + 1;
        }
    }
}
