using MWork.Probes.Tokenizers.Patterns;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>Cuts a text into what it matches and what lies between, in order, covering the text.</summary>
internal interface IDelimiter
{
    void Find(string text, List<Stretch> output);
}
