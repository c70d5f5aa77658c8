namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>
/// What is put before and after the text: <c>TemplateProcessing</c> of the reference for a single sequence. <c>ByteLevel</c>
/// changes offsets only, and a <c>Sequence</c> of processors wraps from the inside out.
/// </summary>
internal sealed record TemplatePostProcessor(int[] Before, int[] After)
{
    private const string Supported = "TemplateProcessing, ByteLevel, Sequence";

    public static TemplatePostProcessor None { get; } = new([], []);

    public static TemplatePostProcessor Read(JsonField? field, int vocabularySize)
    {
        if (field is not { } processor)
            return None;
        string type = processor["type"].Text();
        switch (type)
        {
            case "TemplateProcessing":
                return ReadTemplate(processor, vocabularySize);
            case "ByteLevel":
                return None;
            case "Sequence":
                TemplatePostProcessor all = None;
                foreach (JsonField item in processor["processors"].Items())
                {
                    TemplatePostProcessor next = Read(item, vocabularySize);
                    all = new TemplatePostProcessor([.. next.Before, .. all.Before], [.. all.After, .. next.After]);
                }

                return all;
            default:
                throw processor.Unsupported("post-processor", type, Supported);
        }
    }

    private static TemplatePostProcessor ReadTemplate(JsonField processor, int vocabularySize)
    {
        var before = new List<int>();
        var after = new List<int>();
        bool textSeen = false;
        JsonField single = processor["single"];
        foreach (JsonField item in single.Items())
        {
            if (item.Find("SpecialToken") is { } special)
            {
                string name = special["id"].Text();
                foreach (JsonField id in processor["special_tokens"][name]["ids"].Items())
                {
                    if (id.Integer() >= vocabularySize)
                        throw id.Refuse($"the id {id.Integer()} of '{name}' is outside the vocabulary of {vocabularySize}.");
                    (textSeen ? after : before).Add(id.Integer());
                }
            }
            else
            {
                string sequence = item["Sequence"]["id"].Text();
                if (textSeen || !string.Equals(sequence, "A", StringComparison.Ordinal))
                    throw item.Refuse("a template for a single text must hold sequence A exactly once.");
                textSeen = true;
            }
        }

        return textSeen
            ? new TemplatePostProcessor([.. before], [.. after])
            : throw single.Refuse("a template for a single text must hold sequence A exactly once.");
    }
}
