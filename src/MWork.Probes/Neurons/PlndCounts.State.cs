using System.Text.Json;

namespace MWork.Probes.Neurons;

public sealed partial class PlndCounts
{
    private const string WayOut = CountsFile.WayOut;

    /// <summary>Writes everything that is needed to go on or to merge: JSON, with bits and sums in Base64. In whole or not at
    /// all.</summary>
    public void Save(string path) => CountsFile.Write(path, json =>
    {
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
            json.WriteBase64String("sums", CountsFile.ToBytes(own.Sums));
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
    });

    /// <exception cref="NeuronFileException">There is no such file, or something in it cannot be used.</exception>
    public static PlndCounts Load(string path) => CountsFile.Load(path, Read);

    private static PlndCounts Read(JsonEntry root)
    {
        var shape = new NeuronShape(
            CountsFile.Positive(root["layers"]),
            CountsFile.Positive(root["ffn"]),
            CountsFile.Positive(root["heads"]),
            CountsFile.Positive(root["keyValueHeads"]),
            CountsFile.Positive(root["headSize"]));
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
        byte[] sums = CountsFile.Bytes(own["sums"], size, each: 16);
        var documents = new List<DocumentNeurons>();
        foreach (JsonEntry document in own["documents"].Items())
        {
            NeuronBits important = NeuronBits.FromBytes(size, document["important"].Bytes())
                ?? throw document["important"].Complaint($"is not a set of {size} neurons; {WayOut}");
            documents.Add(new DocumentNeurons(document["hash"].Text(), CountsFile.Positive(document["tokens"]), important));
        }

        try
        {
            return LanguageImportance.Of(documents, CountsFile.ToUInt128(sums), language);
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
}
