namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>The second step of the Hugging Face pipeline: cuts a piece, and may rewrite what it cuts.</summary>
internal interface IPreTokenizer
{
    void Split(Piece piece, List<Piece> output);
}
