using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Models.Parity;
using MWork.Regression.Conformance;
using MWork.Testing;
using Shouldly;
using Xunit.Abstractions;

namespace MWork.Regression.Golden;

/// <summary>Every family gives on every backend what the reference implementation gives on tiny checkpoints with random weights.</summary>
public sealed class ModelParityTests(ITestOutputHelper output)
{
    /// <summary>The checkpoints' folders.</summary>
    public static TheoryData<string> Names =>
        [.. Directory.EnumerateDirectories(Repository.Fixture("golden", "models")).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    public static TheoryData<string, string> Checkpoints => BuiltIn.With(((IEnumerable<object[]>)Names).Select(row => (string)row[0]));

    [Theory, MemberData(nameof(Checkpoints))]
    public void Agrees_with_the_reference(string backend, string checkpoint)
    {
        IReadOnlyList<ParityRow> rows = CheckpointParity.Run(Repository.Fixture("golden", "models", checkpoint), BuiltIn.Get(backend));
        foreach (ParityRow row in rows)
        {
            output.WriteLine($"{row.Tensor,-48} {row.Difference,10:0.0e+00} ≤ {row.Tolerance:0e+00} {(row.Relative ? "relative" : "absolute")}");
        }

        rows.Where(row => !row.Passes).ShouldBeEmpty();
        rows.Count.ShouldBe(ReferenceTensors(checkpoint));
    }

    // Everything in the file but the inputs was compared: a tensor that the suite forgot would show here.
    private static int ReferenceTensors(string checkpoint)
    {
        using SafetensorsFile expected = SafetensorsFile.Open(Repository.Fixture("golden", "models", checkpoint, CheckpointParity.FileName));
        return expected.Tensors.Keys.Except(["input_ids", "ragged_ids", "ragged_mask", "grad_target"]).Count();
    }
}
