namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>The first step of the Hugging Face pipeline: text to text.</summary>
internal interface INormalizer
{
    string Normalize(string text);
}
