using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace MWork.Probes.Neurons;

/// <summary>What the files of all detectors' counts have in common: JSON with arrays in Base64, written in whole or not at all.</summary>
internal static class CountsFile
{
    public const string WayOut = "measure the shard again, or merge without it";

    private const int Schema = 1;

    public static void Write(string path, Action<Utf8JsonWriter> fields)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            fields(json);
            json.WriteEndObject();
        }

        WholeFile.Write(path, Encoding.UTF8.GetString(stream.ToArray()) + "\n");
    }

    /// <exception cref="NeuronFileException">There is no such file, or something in it cannot be used.</exception>
    public static T Load<T>(string path, Func<JsonEntry, T> read) =>
        JsonEntry.Parse(path, WholeFile.Read(path, "name one that a run has saved"), root =>
            root["schema"].Natural() is var schema and not Schema
                ? throw root["schema"].Complaint($"is {schema}, and this version reads only {Schema}; {WayOut}")
                : read(root));

    /// <summary>Layers and FFN neurons, of detectors that look at nothing else.</summary>
    public static void WriteFfn(Utf8JsonWriter json, NeuronLayout layout)
    {
        json.WriteNumber("layers", layout.Layers);
        json.WriteNumber("ffn", layout.Size(NeuronMatrix.Ffn));
    }

    public static NeuronLayout ReadFfn(JsonEntry root)
    {
        (int layers, int ffn) = (Positive(root["layers"]), Positive(root["ffn"]));
        return new NeuronLayout(layers, [.. Enum.GetValues<NeuronMatrix>().Select(matrix => matrix == NeuronMatrix.Ffn ? ffn : 0)]);
    }

    public static int Positive(JsonEntry entry) => entry.Natural() is var value and > 0
        ? value
        : throw entry.Complaint($"is 0; {WayOut}");

    /// <summary>As many bytes as some neurons take.</summary>
    public static byte[] Bytes(JsonEntry entry, int neurons, int each)
    {
        byte[] bytes = entry.Bytes();
        return bytes.Length == neurons * each
            ? bytes
            : throw entry.Complaint($"holds {bytes.Length} bytes where {neurons} neurons take {neurons * each}; {WayOut}");
    }

    /// <summary>Eight bytes a number, the lowest first, whatever the machine.</summary>
    public static byte[] ToBytes(long[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        return bytes;
    }

    public static byte[] ToBytes(float[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return bytes;
    }

    public static byte[] ToBytes(UInt128[] values)
    {
        byte[] bytes = new byte[values.Length * 16];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(i * 16), values[i]);
        }

        return bytes;
    }

    public static UInt128[] ToUInt128(byte[] bytes) => [.. Enumerable.Range(0, bytes.Length / 16)
        .Select(i => BinaryPrimitives.ReadUInt128LittleEndian(bytes.AsSpan(i * 16)))];
}
