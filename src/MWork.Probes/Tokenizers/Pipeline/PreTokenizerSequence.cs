namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>One after the other, each on every piece of the one before.</summary>
internal sealed class PreTokenizerSequence(IReadOnlyList<IPreTokenizer> steps) : IPreTokenizer
{
    public void Split(Piece piece, List<Piece> output)
    {
        List<Piece> current = [piece];
        foreach (IPreTokenizer step in steps)
        {
            var next = new List<Piece>(current.Count);
            foreach (Piece part in current)
                step.Split(part, next);
            current = next;
        }

        output.AddRange(current);
    }
}
