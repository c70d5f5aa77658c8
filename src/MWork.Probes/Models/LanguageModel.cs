using MWork.Probes.Tensors;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Models;

/// <summary>A decoder with its tokenizer and the backend its weights live on: what every probe takes.</summary>
/// <param name="Decoder">The model.</param>
/// <param name="Tokenizer">Text to the model's ids and back.</param>
/// <param name="Ops">The backend.</param>
/// <param name="Hash">SHA-256 of the weights' names, shapes and contents.</param>
public sealed record LanguageModel(Decoder Decoder, ITokenizer Tokenizer, ITensorOps Ops, string Hash) : IDisposable
{
    public void Dispose() => Decoder.Weights.Dispose();
}
