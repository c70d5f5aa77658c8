namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>Takes up to <paramref name="start"/> and <paramref name="stop"/> of a character off the ends of each token.</summary>
internal sealed class StripDecoder(string content, int start, int stop) : IDecoder
{
    public static StripDecoder Read(JsonField field)
    {
        string content = field["content"].Text();
        return content.EnumerateRunes().Count() == 1
            ? new StripDecoder(content, field["start"].Integer(), field["stop"].Integer())
            : throw field["content"].Refuse("must be a single character.");
    }

    public List<string> Decode(List<string> tokens) => tokens.ConvertAll(token =>
    {
        int from = 0;
        for (int i = 0; i < start && string.CompareOrdinal(token, from, content, 0, content.Length) == 0; i++)
            from += content.Length;
        int to = token.Length;
        for (int i = 0; i < stop && to - content.Length >= from
            && string.CompareOrdinal(token, to - content.Length, content, 0, content.Length) == 0; i++)
            to -= content.Length;
        return token[from..to];
    });
}
