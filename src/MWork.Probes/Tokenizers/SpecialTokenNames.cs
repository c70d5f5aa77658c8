namespace MWork.Probes.Tokenizers;

/// <summary>
/// Which tokens begin, end and pad: as <c>tokenizer_config.json</c> says, and where it is absent or silent, the usual names
/// among the tokens marked special.
/// </summary>
internal sealed record SpecialTokenNames(
    string? Bos = null, string? Eos = null, string? Pad = null, string? Unknown = null, bool? AddBos = null, bool? AddEos = null)
{
    public static readonly string[] UsualBos = ["<s>", "<bos>", "<|begin_of_text|>"];
    public static readonly string[] UsualEos = ["</s>", "<eos>", "<|end_of_text|>", "<|endoftext|>"];
    public static readonly string[] UsualPad = ["<pad>"];
    public static readonly string[] UsualUnknown = ["<unk>"];

    public static SpecialTokenNames None { get; } = new();

    public static SpecialTokenNames Read(JsonField config) => new(
        Name(config, "bos_token"),
        Name(config, "eos_token"),
        Name(config, "pad_token"),
        Name(config, "unk_token"),
        config.Find("add_bos_token")?.Flag(),
        config.Find("add_eos_token")?.Flag());

    public int? Find(string? named, string[] usual, Func<string, int?> idOf, Func<string, bool> isSpecial) =>
        named is not null
            ? idOf(named)
            : usual.Where(isSpecial).Select(idOf).FirstOrDefault(id => id is not null);

    // Older files have the string, newer ones an object with the added-token flags.
    private static string? Name(JsonField config, string field) =>
        config.Find(field) is not { } value ? null : value.IsObject ? value["content"].Text() : value.Text();
}
