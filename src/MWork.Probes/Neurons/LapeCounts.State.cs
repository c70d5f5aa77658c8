using System.Buffers.Binary;

namespace MWork.Probes.Neurons;

public sealed partial class LapeCounts
{
    /// <summary>Writes everything that is needed to go on or to merge. In whole or not at all.</summary>
    public void Save(string path) => CountsFile.Write(path, json =>
    {
        json.WriteString("model", Model);
        CountsFile.WriteFfn(json, Layout);
        json.WriteStartObject("languages");
        foreach ((string code, Language own) in _languages)
        {
            json.WriteStartObject(code);
            json.WriteNumber("tokens", own.Tokens);
            json.WriteBase64String("active", CountsFile.ToBytes(own.Active));
            json.WriteStartArray("documents");
            foreach (string hash in own.Documents)
            {
                json.WriteStringValue(hash);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    /// <exception cref="NeuronFileException">There is no such file, or something in it cannot be used.</exception>
    public static LapeCounts Load(string path) => CountsFile.Load(path, root =>
    {
        var counts = new LapeCounts(root["model"].Text(), CountsFile.ReadFfn(root));
        foreach ((string code, JsonEntry entry) in root["languages"].Properties())
        {
            Language own = counts.Of(code);
            own.Tokens = entry["tokens"].Count();
            byte[] active = CountsFile.Bytes(entry["active"], own.Active.Length, sizeof(long));
            for (int i = 0; i < own.Active.Length; i++)
            {
                own.Active[i] = BinaryPrimitives.ReadInt64LittleEndian(active.AsSpan(i * sizeof(long)));
            }

            foreach (JsonEntry hash in entry["documents"].Items())
            {
                if (!own.Documents.Add(hash.Text()))
                {
                    throw hash.Complaint($"names a document twice; {CountsFile.WayOut}");
                }
            }
        }

        return counts;
    });
}
