namespace MWork.Probes.Text;

/// <summary>Several sentences in a row, as neuron selection reads them.</summary>
/// <param name="Language">The one language of all its tokens.</param>
/// <param name="Tokens">All tokens, with a begin-of-sentence token before every sentence, as in training.</param>
/// <param name="Sentences">The sentences, for their hashes and facts.</param>
public sealed record Document(Language Language, IReadOnlyList<string> Tokens, IReadOnlyList<Sentence> Sentences)
{
    public string Hash => ContentHash.Of(Tokens);
}
