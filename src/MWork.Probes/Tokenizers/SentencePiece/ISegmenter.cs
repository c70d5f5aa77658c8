namespace MWork.Probes.Tokenizers.SentencePiece;

/// <summary>Normalized text to pieces.</summary>
internal interface ISegmenter
{
    void Segment(string text, List<Segment> output);
}
