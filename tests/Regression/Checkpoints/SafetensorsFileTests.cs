using System.Runtime.InteropServices;
using MWork.Probes.Models.Checkpoints;
using Shouldly;

namespace MWork.Regression.Checkpoints;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_bfloat16_is_widened_exactly()
    {
        float[] values = ReadAllHalves("BF16");
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            BitConverter.SingleToUInt32Bits(values[bits]).ShouldBe((uint)bits << 16);
        }
    }

    [Fact]
    public void Every_float16_is_widened_exactly()
    {
        float[] values = ReadAllHalves("F16");
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            int exponent = (bits >> 10) & 31;
            int fraction = bits & 1023;
            double magnitude = exponent == 0 ? fraction * Math.ScaleB(1, -24) : Math.ScaleB(1024 + fraction, exponent - 25);
            float expected = exponent == 31 ? fraction == 0 ? float.PositiveInfinity : float.NaN : (float)magnitude;
            if (float.IsNaN(expected))
            {
                values[bits].ShouldBe(float.NaN);
            }
            else
            {
                float signed = bits > short.MaxValue ? -expected : expected;
                BitConverter.SingleToUInt32Bits(values[bits]).ShouldBe(BitConverter.SingleToUInt32Bits(signed));
            }
        }
    }

    [Fact]
    public void Integers_and_truth_values_are_read()
    {
        byte[] data = [0xFE, 0xFF, 0xFF, 0xFF, 3, 0, 0, 0, 200, 1, 0, 1, 1];
        string header = "{" + string.Join(
            ',',
            SafetensorsBytes.Entry("i", "I32", "[2]", "[0,8]"),
            SafetensorsBytes.Entry("u", "U8", "[]", "[8,9]"),
            SafetensorsBytes.Entry("b", "BOOL", "[2,2]", "[9,13]")) + "}";
        byte[] file = SafetensorsBytes.File(header, data.Length);
        data.CopyTo(file, file.Length - data.Length);
        using SafetensorsFile read = SafetensorsFile.Open(_folder.Write("a.safetensors", file));
        read.ReadInt64("i").ShouldBe([-2, 3]);
        read.ReadInt64("u").ShouldBe([200]);
        read.ReadInt64("b").ShouldBe([1, 0, 1, 1]);
        byte[] bytes = new byte[2];
        read.ReadBytes("i", 3, bytes);
        bytes.ShouldBe([0xFF, 3]);
    }

    [Theory]
    [InlineData("{}", 0, 0)]
    [InlineData("{}      ", 0, 0)]
    [InlineData("{\"__metadata__\":null}", 0, 0)]
    [InlineData("{\"a\":{\"data_offsets\":[0,0],\"shape\":[0],\"dtype\":\"F32\"}}", 0, 1)]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[4,4]}}", 4, 2)]
    [InlineData("{\"b\":{\"dtype\":\"U8\",\"shape\":[0,9],\"data_offsets\":[0,0]},\"a\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}", 4, 2)]
    public void Files_at_the_edge_of_the_format_are_read(string header, int dataLength, int tensors)
    {
        using SafetensorsFile file = SafetensorsFile.Open(_folder.Write("a.safetensors", SafetensorsBytes.File(header, dataLength)));
        file.Tensors.Count.ShouldBe(tensors);
        foreach (SafetensorsEntry tensor in file.Tensors.Values.Where(tensor => tensor.Dtype == SafetensorsDtype.F32))
        {
            file.ReadFloat32(tensor.Name).Length.ShouldBe((int)tensor.Count);
        }
    }

    [Fact]
    public void Tensors_longer_than_a_chunk_and_off_alignment_are_read_whole()
    {
        // One byte before them puts the floats off every alignment.
        const int count = 200_001;
        byte[] data = new byte[1 + (4 * count)];
        float[] expected = [.. Enumerable.Range(0, count).Select(i => i * 0.5f)];
        MemoryMarshal.AsBytes<float>(expected).CopyTo(data.AsSpan(1));
        string header = $"{{{SafetensorsBytes.Entry("u", "U8", "[1]", "[0,1]")},{SafetensorsBytes.Entry("f", "F32", $"[{count}]", $"[1,{data.Length}]")}}}";
        byte[] file = SafetensorsBytes.File(header, data.Length);
        data.CopyTo(file, file.Length - data.Length);
        using SafetensorsFile read = SafetensorsFile.Open(_folder.Write("a.safetensors", file));
        read.ReadFloat32("f").ShouldBe(expected);
    }

    private float[] ReadAllHalves(string dtype)
    {
        ushort[] all = [.. Enumerable.Range(0, 65_536).Select(bits => (ushort)bits)];
        byte[] file = SafetensorsBytes.File($"{{{SafetensorsBytes.Entry("h", dtype, "[65536]", "[0,131072]")}}}", 131_072);
        MemoryMarshal.AsBytes<ushort>(all).CopyTo(file.AsSpan(file.Length - 131_072));
        using SafetensorsFile read = SafetensorsFile.Open(_folder.Write("half.safetensors", file));
        return read.ReadFloat32("h");
    }
}
