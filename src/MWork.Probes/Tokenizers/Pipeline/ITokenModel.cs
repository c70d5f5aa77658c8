namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>The third step of the Hugging Face pipeline: one piece of pre-tokenized text to ids.</summary>
internal interface ITokenModel
{
    Vocabulary Vocabulary { get; }

    int? UnknownId { get; }

    void Encode(string piece, List<int> ids);
}
