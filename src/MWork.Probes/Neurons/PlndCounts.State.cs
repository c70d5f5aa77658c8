using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace MWork.Probes.Neurons;

public sealed partial class PlndCounts
{
    private const int Schema = 1;
    private const string WayOut = "measure the shard again, or merge without it";

    /// <summary>Writes everything that is needed to go on or to merge: JSON, with bits and sums in Base64. In whole or not at
    /// all.</summary>
    public void Save(string path)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteString("model", Model);
            json.WriteNumber("layers", Shape.Layers);
            json.WriteNumber("ffn", Shape.Ffn);
            json.WriteNumber("heads", Shape.Heads);
            json.WriteNumber("keyValueHeads", Shape.KeyValueHeads);
            json.WriteNumber("headSize", Shape.HeadSize);
            json.WriteString("options", Options.Description);
            json.WriteStartObject("languages");
            foreach ((string language, LanguageImportance own) in _languages)
            {
                json.WriteStartObject(language);
                json.WriteBase64String("sums", ToBytes(own.Sums));
                json.WriteStartArray("documents");
                foreach (DocumentNeurons document in own.Documents)
                {
                    json.WriteStartObject();
                    json.WriteString("hash", document.Hash);
                    json.WriteNumber("tokens", document.Tokens);
                    json.WriteBase64String("important", document.Important.ToBytes());
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        WholeFile.Write(path, Encoding.UTF8.GetString(stream.ToArray()) + "\n");
    }

    /// <exception cref="NeuronFileException">There is no such file, or something in it cannot be used.</exception>
    public static PlndCounts Load(string path) =>
        JsonEntry.Parse(path, WholeFile.Read(path, "name one that a run has saved"), Read);

    private static PlndCounts Read(JsonEntry root)
    {
        if (root["schema"].Natural() is var schema and not Schema)
        {
            throw root["schema"].Complaint($"is {schema}, and this version reads only {Schema}; {WayOut}");
        }

        var shape = new NeuronShape(
            Positive(root["layers"]),
            Positive(root["ffn"]),
            Positive(root["heads"]),
            Positive(root["keyValueHeads"]),
            Positive(root["headSize"]));
        if (shape.Heads % shape.KeyValueHeads != 0)
        {
            throw root["keyValueHeads"].Complaint(
                $"is {shape.KeyValueHeads}, which does not divide {shape.Heads} heads; {WayOut}");
        }

        var counts = new PlndCounts(root["model"].Text(), shape, ReadOptions(root["options"]));
        foreach ((string language, JsonEntry own) in root["languages"].Properties())
        {
            counts._languages[language] = ReadLanguage(language, own, counts.Layout.Count);
        }

        return counts;
    }

    private static LanguageImportance ReadLanguage(string language, JsonEntry own, int size)
    {
        byte[] sums = own["sums"].Bytes();
        if (sums.Length != size * 16)
        {
            throw own["sums"].Complaint($"holds {sums.Length} bytes where {size} neurons take {size * 16}; {WayOut}");
        }

        var documents = new List<DocumentNeurons>();
        foreach (JsonEntry document in own["documents"].Items())
        {
            NeuronBits important = NeuronBits.FromBytes(size, document["important"].Bytes())
                ?? throw document["important"].Complaint($"is not a set of {size} neurons; {WayOut}");
            documents.Add(new DocumentNeurons(document["hash"].Text(), Positive(document["tokens"]), important));
        }

        try
        {
            return LanguageImportance.Of(documents, FromBytes(sums), language);
        }
        catch (ArgumentException repeated)
        {
            throw own["documents"].Complaint($"names a document twice; {WayOut}", repeated);
        }
    }

    private static PlndOptions ReadOptions(JsonEntry entry)
    {
        try
        {
            PlndOptions? options = PlndOptions.Parse(entry.Text());
            options?.Check();
            return options ?? throw entry.Complaint($"is null; {WayOut}");
        }
        catch (Exception unfit) when (unfit is JsonException or ArgumentException)
        {
            throw entry.Complaint($"does not hold PLND's options; {WayOut}", unfit);
        }
    }

    private static int Positive(JsonEntry entry) => entry.Natural() is var value and > 0
        ? value
        : throw entry.Complaint($"is 0; {WayOut}");

    private static byte[] ToBytes(UInt128[] sums)
    {
        byte[] bytes = new byte[sums.Length * 16];
        for (int i = 0; i < sums.Length; i++)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(i * 16), sums[i]);
        }

        return bytes;
    }

    private static UInt128[] FromBytes(byte[] bytes) => [.. Enumerable.Range(0, bytes.Length / 16)
        .Select(i => BinaryPrimitives.ReadUInt128LittleEndian(bytes.AsSpan(i * 16)))];
}
