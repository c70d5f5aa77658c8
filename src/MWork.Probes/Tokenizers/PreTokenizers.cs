namespace MWork.Probes.Tokenizers;

/// <summary>Reads the field <c>pre_tokenizer</c>.</summary>
internal static class PreTokenizers
{
    private const string Supported = "WhitespaceSplit";

    public static IPreTokenizer? Read(JsonField? field)
    {
        if (field is not { } preTokenizer)
            return null;
        string type = preTokenizer["type"].Text();
        return type switch
        {
            "WhitespaceSplit" => new WhitespaceSplit(),
            _ => throw preTokenizer.Unsupported("pre-tokenizer", type, Supported),
        };
    }
}
