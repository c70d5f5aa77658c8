namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>Reads the field <c>decoder</c>.</summary>
internal static class Decoders
{
    private const string Supported = "Sequence, ByteLevel, Metaspace, Replace, ByteFallback, Fuse, Strip, BPEDecoder";

    public static IDecoder? Read(JsonField? field) => field is { } decoder ? Read(decoder) : null;

    private static IDecoder Read(JsonField field)
    {
        string type = field["type"].Text();
        return type switch
        {
            "Sequence" => new DecoderSequence([.. field["decoders"].Items().Select(Read)]),
            "ByteLevel" => new ByteLevelDecoder(),
            "Metaspace" => Metaspace.Read(field),
            "Replace" => Replacement.Read(field),
            "ByteFallback" => new ByteFallbackDecoder(),
            "Fuse" => new FuseDecoder(),
            "Strip" => StripDecoder.Read(field),
            "BPEDecoder" => new WordEndDecoder(field.Find("suffix")?.Text() ?? "</w>"),
            _ => throw field.Unsupported("decoder", type, Supported),
        };
    }
}
