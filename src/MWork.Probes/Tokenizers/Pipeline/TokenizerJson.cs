namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>
/// Reads Hugging Face <c>tokenizer.json</c> (format version 1.0, <c>tokenizers/src/tokenizer/serialization.rs</c>). Stored
/// truncation and padding settings are left aside: they are a batch's affair.
/// </summary>
internal static class TokenizerJson
{
    public static PipelineTokenizer Read(string file, ReadOnlyMemory<byte> bytes, SpecialTokenNames names) =>
        JsonField.Parse(file, bytes, root => Read(root, names));

    private static PipelineTokenizer Read(JsonField root, SpecialTokenNames names)
    {
        if (root.Find("version") is { } version && !string.Equals(version.Text(), "1.0", StringComparison.Ordinal))
            throw version.Unsupported("format version", version.Text(), "1.0");
        INormalizer? normalizer = Normalizers.Read(root.Find("normalizer"));
        ITokenModel model = ReadModel(root["model"]);
        var added = AddedVocabulary.Read(root.Find("added_tokens"), model.Vocabulary, normalizer);
        return new PipelineTokenizer(
            added,
            PreTokenizers.Read(root.Find("pre_tokenizer")),
            model,
            TemplatePostProcessor.Read(root.Find("post_processor"), Math.Max(model.Vocabulary.Size, added.Size)),
            Decoders.Read(root.Find("decoder")),
            names);
    }

    private static ITokenModel ReadModel(JsonField model)
    {
        string type = model["type"].Text();
        return type switch
        {
            "BPE" => BpeModel.Read(model),
            "WordLevel" => WordLevelModel.Read(model),
            _ => throw model.Unsupported("model", type, "BPE, WordLevel"),
        };
    }
}
