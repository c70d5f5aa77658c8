using System.Text.Encodings.Web;
using System.Text.Json;

namespace MWork.Probes.Tokenizers;

/// <summary>Writes a word-level tokenizer in the Hugging Face format, fields in the reference's order.</summary>
internal sealed class WordLevelJson(
    IReadOnlyList<string> words, IReadOnlyDictionary<string, int> ids, WordLevelSpecialTokens special, bool beginWithBos)
{
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public byte[] Tokenizer() => Write(json =>
    {
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        json.WriteStartArray("added_tokens");
        foreach (string token in special.All.OrderBy(token => ids[token]))
            WriteAddedToken(json, token);
        json.WriteEndArray();
        json.WriteNull("normalizer");
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "WhitespaceSplit");
        json.WriteEndObject();
        WritePostProcessor(json);

        // Without a decoder the reference joins the tokens with spaces.
        json.WriteNull("decoder");
        json.WriteStartObject("model");
        json.WriteString("type", "WordLevel");
        json.WriteStartObject("vocab");
        for (int id = 0; id < words.Count; id++)
            json.WriteNumber(words[id], id);
        json.WriteEndObject();
        json.WriteString("unk_token", special.Unknown);
        json.WriteEndObject();
    });

    public byte[] Config() => Write(json =>
    {
        json.WriteString("tokenizer_class", "PreTrainedTokenizerFast");
        json.WriteString("unk_token", special.Unknown);
        json.WriteString("bos_token", special.Begin);
        json.WriteString("eos_token", special.End);
        json.WriteString("pad_token", special.Pad);
        json.WriteBoolean("clean_up_tokenization_spaces", false);
    });

    private static byte[] Write(Action<Utf8JsonWriter> body)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private void WriteAddedToken(Utf8JsonWriter json, string token)
    {
        json.WriteStartObject();
        json.WriteNumber("id", ids[token]);
        json.WriteString("content", token);
        json.WriteBoolean("single_word", false);
        json.WriteBoolean("lstrip", false);
        json.WriteBoolean("rstrip", false);
        json.WriteBoolean("normalized", false);
        json.WriteBoolean("special", true);
        json.WriteEndObject();
    }

    private void WritePostProcessor(Utf8JsonWriter json)
    {
        if (!beginWithBos || special.Begin is not { } begin)
        {
            json.WriteNull("post_processor");
            return;
        }

        json.WriteStartObject("post_processor");
        json.WriteString("type", "TemplateProcessing");
        WriteTemplate(json, "single", begin, "A");
        WriteTemplate(json, "pair", begin, "A", "B");
        json.WriteStartObject("special_tokens");
        json.WriteStartObject(begin);
        json.WriteString("id", begin);
        json.WriteStartArray("ids");
        json.WriteNumberValue(ids[begin]);
        json.WriteEndArray();
        json.WriteStartArray("tokens");
        json.WriteStringValue(begin);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTemplate(Utf8JsonWriter json, string name, string begin, params ReadOnlySpan<string> sequences)
    {
        json.WriteStartArray(name);
        WritePiece(json, "SpecialToken", begin);
        foreach (string sequence in sequences)
            WritePiece(json, "Sequence", sequence);
        json.WriteEndArray();
    }

    private static void WritePiece(Utf8JsonWriter json, string kind, string id)
    {
        json.WriteStartObject();
        json.WriteStartObject(kind);
        json.WriteString("id", id);
        json.WriteNumber("type_id", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
