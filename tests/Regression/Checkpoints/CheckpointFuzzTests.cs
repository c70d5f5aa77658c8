using System.Diagnostics;
using System.Globalization;
using System.Text;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Randomness;
using Shouldly;

namespace MWork.Regression.Checkpoints;

/// <summary>Damaged and hostile files: each is read or refused, with bounded memory and without delay.</summary>
public sealed class CheckpointFuzzTests : IDisposable
{
    private const int HeaderCases = 2500;
    private const int IndexCases = 1000;

    // Reading what a fuzzed file holds takes well under a second; this catches a hang, not a slow machine.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Damaged_headers_are_read_or_refused()
    {
        var writer = new SafetensorsWriter(new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" })
            .Add("layers.0.weight", new float[6], 2, 3).Add("layers.0.bias", new float[3], 3).Add("ids", new long[2], 2)
            .Add("e", Array.Empty<float>(), 0);
        writer.Write(_folder.File("model.safetensors"));
        byte[] sound = File.ReadAllBytes(_folder.File("model.safetensors"));
        int dataStart = sound.Length - (4 * 9) - 16;
        Mutate("model.safetensors", sound, dataStart, HeaderCases).ShouldBeInRange(1, HeaderCases - 1);
    }

    [Fact]
    public void Damaged_indexes_are_read_or_refused()
    {
        new SafetensorsWriter().Add("a", new float[2], 2).Add("b", new float[2], 2).Write(_folder.File("s-1.safetensors"));
        new SafetensorsWriter().Add("c", new float[2], 2).Write(_folder.File("s-2.safetensors"));
        const string json = """
            {"metadata": {"total_size": 24}, "weight_map": {"a": "s-1.safetensors", "b": "s-1.safetensors", "c": "s-2.safetensors"}}
            """;
        byte[] sound = Encoding.UTF8.GetBytes(json);
        Mutate("model.safetensors.index.json", sound, sound.Length, IndexCases).ShouldBeInRange(1, IndexCases - 1);
    }

    // A # in the unit is a number that differs each time.
    [Theory]
    [InlineData("{\"__metadata__\":{", "\"#\":\"\",", "\"\":\"\"}}", 200_000)]
    [InlineData("{", "\"#\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,0]},", "\"\":1}", 100_000)]
    [InlineData("{", "\"#\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},", "\"\":1}", 300_000)]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"data_offsets\":[0,0],\"shape\":[", "0,", "0]}}", 2_000_000)]
    [InlineData("{\"a\":", "[", "", 2_000_000)]
    [InlineData("{\"", "\\u0041", "\":1}", 2_000_000)]
    [InlineData("{\"a\":{\"dtype\":\"", "\\n", "\",\"shape\":[],\"data_offsets\":[0,0]}}", 3_000_000)]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[", "9", "],\"data_offsets\":[0,0]}}", 3_000_000)]
    [InlineData("{\"__metadata__\":{\"a\":\"", "\\n", "\"},\"a\":1}", 6_000_000)]
    public void Headers_made_to_allocate_are_refused_within_bounds(string start, string unit, string end, int repeats)
    {
        byte[] file = SafetensorsBytes.File(Repeated(start, unit, end, repeats), 0);
        _folder.Write("model.safetensors", file);
        OpensWithinBounds(file.Length).ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"#\":\"a.safetensors\",", "\"\":\"a.safetensors\"}}", 300_000)]
    [InlineData("\"#\":\"#.safetensors\",", "\"\":\"a.safetensors\"}}", 200_000)]
    [InlineData("\\n", "\"}}", 3_000_000)]
    public void Indexes_made_to_allocate_are_refused_within_bounds(string unit, string end, int repeats)
    {
        string start = unit[0] == '"' ? "{\"weight_map\":{" : "{\"weight_map\":{\"a\":\"";
        byte[] file = Encoding.UTF8.GetBytes(Repeated(start, unit, end, repeats));
        _folder.Write("model.safetensors.index.json", file);
        OpensWithinBounds(file.Length).ShouldBeFalse();
    }

    [Fact]
    public void As_many_tensors_as_allowed_are_read_within_bounds()
    {
        const string unit = "\"#\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},";
        byte[] file = SafetensorsBytes.File(Repeated("{", unit, unit[..^1] + "}", (1 << 18) - 1), 0);
        _folder.Write("model.safetensors", file);
        OpensWithinBounds(file.Length).ShouldBeTrue();
    }

    /// <summary>How many of the damaged files were still read.</summary>
    private int Mutate(string name, byte[] sound, int mutable, int cases)
    {
        long started = Stopwatch.GetTimestamp();
        int read = 0;
        for (int i = 0; i < cases; i++)
        {
            CounterRandom random = new CounterRandom(20, name).Fork(i);
            byte[] damaged = Damage.Of(sound, mutable, random);
            _folder.Write(name, damaged);
            read += OpensWithinBounds(damaged.Length + 4096) ? 1 : 0;
        }

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(s_patience);
        return read;
    }

    /// <summary>Reads everything in the folder's checkpoint; false when it is refused.</summary>
    private bool OpensWithinBounds(long fileLength)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool read = false;
        try
        {
            using Checkpoint checkpoint = Checkpoint.Open(_folder.Path);
            foreach (string name in checkpoint.Names)
            {
                SafetensorsFile file = checkpoint.FileOf(name);
                _ = checkpoint.Dtype(name) is SafetensorsDtype.F32 or SafetensorsDtype.F16 or SafetensorsDtype.BF16
                    ? file.ReadFloat32(name).Length
                    : file.ReadInt64(name).Length;
            }

            read = true;
        }
        catch (CheckpointException e)
        {
            e.Message.ShouldContain(_folder.Path);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        allocated.ShouldBeLessThan((4 * fileLength) + (64L << 20));
        return read;
    }

    private static string Repeated(string start, string unit, string end, int repeats)
    {
        var text = new StringBuilder(start);
        if (!unit.Contains('#', StringComparison.Ordinal))
        {
            return text.Insert(text.Length, unit, repeats).Append(end).ToString();
        }

        string[] parts = unit.Split('#');
        for (int i = 0; i < repeats; i++)
        {
            text.AppendJoin(i.ToString("x", CultureInfo.InvariantCulture), parts);
        }

        return text.Append(end).ToString();
    }
}
