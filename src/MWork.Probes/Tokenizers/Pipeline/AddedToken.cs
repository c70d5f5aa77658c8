namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>A token that is recognised in the text before the model sees it.</summary>
/// <param name="LeftStrip">Takes the white space before it with it.</param>
/// <param name="RightStrip">Takes the white space after it with it.</param>
/// <param name="SingleWord">Only where no word character touches it.</param>
/// <param name="Normalized">Whether its normalized form is looked for in the normalized text.</param>
/// <param name="Special">Left out of decoded text on request.</param>
internal sealed record AddedToken(
    int Id, string Content, bool SingleWord, bool LeftStrip, bool RightStrip, bool Normalized, bool Special)
{
    public static AddedToken Read(JsonField field)
    {
        string content = field["content"].Text();
        if (content.Length == 0)
            throw field.Refuse("'content' is empty.");
        int id = field["id"].Integer();
        if (id > Vocabulary.LargestId)
            throw field.Refuse($"the id {id} is larger than {Vocabulary.LargestId}.");
        return new AddedToken(
            id,
            content,
            field.Flag("single_word", absent: false),
            field.Flag("lstrip", absent: false),
            field.Flag("rstrip", absent: false),
            field.Flag("normalized", absent: true),
            field.Flag("special", absent: false));
    }
}
