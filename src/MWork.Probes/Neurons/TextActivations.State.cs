using System.Buffers.Binary;

namespace MWork.Probes.Neurons;

public sealed partial class TextActivations
{
    /// <summary>Writes everything that is needed to go on or to merge. In whole or not at all.</summary>
    public void Save(string path) => CountsFile.Write(path, json =>
    {
        json.WriteString("model", Model);
        CountsFile.WriteFfn(json, Layout);
        json.WriteStartObject("languages");
        foreach (IGrouping<string, KeyValuePair<(string Language, string Hash), float[]>> language in _means.GroupBy(pair => pair.Key.Language))
        {
            json.WriteStartObject(language.Key);
            foreach (((string _, string hash), float[] means) in language)
            {
                json.WriteBase64String(hash, CountsFile.ToBytes(means));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    /// <exception cref="NeuronFileException">There is no such file, or something in it cannot be used.</exception>
    public static TextActivations Load(string path) => CountsFile.Load(path, root =>
    {
        var activations = new TextActivations(root["model"].Text(), CountsFile.ReadFfn(root));
        foreach ((string language, JsonEntry texts) in root["languages"].Properties())
        {
            foreach ((string hash, JsonEntry entry) in texts.Properties())
            {
                float[] means = activations.Add(language, hash);
                byte[] bytes = CountsFile.Bytes(entry, means.Length, sizeof(float));
                for (int i = 0; i < means.Length; i++)
                {
                    means[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
                }
            }
        }

        return activations;
    });
}
