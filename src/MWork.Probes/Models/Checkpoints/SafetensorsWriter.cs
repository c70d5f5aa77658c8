using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using MWork.Probes.Tensors;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>
/// Writes a safetensors file with the bytes that the reference implementation would write: tensors by descending dtype (I64
/// before F32), then by name in UTF-8 byte order; the header without white space, padded with spaces to a multiple of 8.
/// Metadata, whose order the reference leaves to chance, are in name order, so that equal contents give equal files.
/// </summary>
/// <remarks>Values are held by reference until they are written; tensors are copied one at a time.</remarks>
public sealed class SafetensorsWriter
{
    // Half a surrogate pair has no UTF-8 and throws.
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<Item> _items = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal) { "__metadata__" };
    private readonly Dictionary<string, string> _metadata;

    public SafetensorsWriter(IReadOnlyDictionary<string, string>? metadata = null) =>
        _metadata = metadata is null ? new(StringComparer.Ordinal) : new(metadata, StringComparer.Ordinal);

    /// <summary>Adds an F32 tensor.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the shape does not fit the values.</exception>
    public SafetensorsWriter Add(string name, ReadOnlyMemory<float> values, params ReadOnlySpan<int> shape) =>
        Add(name, SafetensorsDtype.F32, values.Length, shape, stream => stream.Write(MemoryMarshal.AsBytes(values.Span)));

    /// <summary>Adds an I64 tensor.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the shape does not fit the values.</exception>
    public SafetensorsWriter Add(string name, ReadOnlyMemory<long> values, params ReadOnlySpan<int> shape) =>
        Add(name, SafetensorsDtype.I64, values.Length, shape, stream => stream.Write(MemoryMarshal.AsBytes(values.Span)));

    /// <summary>Adds an F32 tensor, whose values are copied from its backend when the file is written.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public SafetensorsWriter Add(string name, Tensor tensor) => Add(
        name,
        SafetensorsDtype.F32,
        tensor.Count,
        tensor.Shape,
        stream => stream.Write(MemoryMarshal.AsBytes<float>(tensor.ToArray())));

    /// <summary>
    /// Writes beside <paramref name="path"/> and renames, so that readers see the old file or the new one and never half of one.
    /// </summary>
    /// <exception cref="IOException">The file could not be written; what was at <paramref name="path"/> is still there.</exception>
    public void Write(string path)
    {
        string full = Path.GetFullPath(path);
        string temporary = $"{full}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                Write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes the file's bytes to a stream.</summary>
    public void Write(Stream stream)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Safetensors files are written on little-endian machines only.");
        }

        List<Item> sorted = [.. _items];
        sorted.Sort((a, b) => a.Dtype != b.Dtype ? b.Dtype.CompareTo(a.Dtype) : Utf8Order.Compare(a.Name, b.Name));
        byte[] header = s_strictUtf8.GetBytes(Header(sorted));
        int padded = (header.Length + 7) / 8 * 8;
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)padded);
        stream.Write(length);
        stream.Write(header);
        stream.Write("       "u8[..(padded - header.Length)]);
        foreach (Item item in sorted)
        {
            item.Write(stream);
        }
    }

    private SafetensorsWriter Add(string name, SafetensorsDtype dtype, int count, ReadOnlySpan<int> shape, Action<Stream> write)
    {
        long needed = 1;
        foreach (int size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            needed = checked(needed * size);
        }

        if (needed != count)
        {
            throw new ArgumentException(
                $"Tensor '{name}' of shape {Tensor.Describe(shape)} needs {needed} values, but has {count}.", nameof(shape));
        }

        if (!_names.Add(name))
        {
            throw new ArgumentException($"The name '{name}' is taken.", nameof(name));
        }

        _items.Add(new Item(name, dtype, shape.ToArray(), (long)count * dtype.Size(), write));
        return this;
    }

    private string Header(List<Item> sorted)
    {
        var json = new StringBuilder("{");
        if (_metadata.Count > 0)
        {
            json.Append("\"__metadata__\":{");
            string separator = "";
            foreach ((string key, string value) in _metadata.OrderBy(pair => pair.Key, Utf8Order.Instance))
            {
                json.Append(separator);
                AppendText(json, key);
                json.Append(':');
                AppendText(json, value);
                separator = ",";
            }

            json.Append("},");
        }

        long offset = 0;
        foreach (Item item in sorted)
        {
            AppendText(json, item.Name);
            json.Append(CultureInfo.InvariantCulture, $":{{\"dtype\":\"{item.Dtype.Name()}\",\"shape\":[");
            json.AppendJoin(',', item.Shape);
            json.Append(CultureInfo.InvariantCulture, $"],\"data_offsets\":[{offset},{offset + item.ByteCount}]}},");
            offset += item.ByteCount;
        }

        json.Length -= json[^1] == ',' ? 1 : 0;
        return json.Append('}').ToString();
    }

    /// <summary>A JSON text escaped as serde_json does: quotes, backslashes and control characters only.</summary>
    private static void AppendText(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => json.Append(c),
            };
        }

        json.Append('"');
    }

    private sealed record Item(string Name, SafetensorsDtype Dtype, int[] Shape, long ByteCount, Action<Stream> Write);
}
