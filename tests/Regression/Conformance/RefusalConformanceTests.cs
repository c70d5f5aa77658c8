using MWork.Probes.Tensors;
using Shouldly;

namespace MWork.Regression.Conformance;

/// <summary>What does not fit is refused alike on every backend, before a device sees it.</summary>
public sealed class RefusalConformanceTests
{
    private static readonly Dictionary<string, Action<IBackend>> s_misfits = new(StringComparer.Ordinal)
    {
        ["Add"] = o => o.Add(Of(o, 2, 3), Of(o, 4)),
        ["Add to a smaller side"] = o => o.Add(Of(o, 3), Of(o, 2, 3)),
        ["SiluBackward"] = o => o.SiluBackward(Of(o, 3), Of(o, 2, 3)),
        ["FromArray"] = o => o.FromArray([1, 2, 3], 2),
        ["Reshape"] = o => o.Reshape(Of(o, 2, 3), 4),
        ["Transpose"] = o => o.Transpose(Of(o, 2, 3), 0, 2),
        ["Narrow"] = o => o.Narrow(Of(o, 2, 3), 1, 2, 2),
        ["Cat"] = o => o.Cat([Of(o, 2, 3), Of(o, 3, 4)], 0),
        ["Cat of nothing"] = o => o.Cat([], 0),
        ["IndexSelect"] = o => o.IndexSelect(Of(o, 2, 3), 0, [2]),
        ["IndexSelect below zero"] = o => o.IndexSelect(Of(o, 2, 3), 0, [-1]),
        ["IndexAdd"] = o => o.IndexAdd(2, 0, [0], Of(o, 2, 3)),
        ["MatMul"] = o => o.MatMul(Of(o, 2, 3), Of(o, 2, 3)),
        ["Linear"] = o => o.Linear(Of(o, 2, 3), Of(o, 4, 2)),
        ["Embedding"] = o => o.Embedding(Of(o, 2, 3), [2], 1),
        ["TopK"] = o => o.TopK(Of(o, 2, 3), 4),
        ["CrossEntropy"] = o => o.CrossEntropy(Of(o, 2, 3), [0, 3]),
        ["CrossEntropy of other rows"] = o => o.CrossEntropy(Of(o, 2, 3), [0]),
        ["CrossEntropyBackward"] = o => o.CrossEntropyBackward(Of(o, 2), Of(o, 2, 3), [0, 1]),
        ["CopyInplace"] = o => o.CopyInplace(Of(o, 2, 3), -1, 1, 2, Of(o, 2, 2)),
        ["CopyInplace of bytes"] = o => o.CopyInplace(Of(o, 2, 3), 5, ScalarType.Float32, new byte[8]),
        ["CopyInplace into 16 bits"] = o => o.CopyInplace(o.Empty(ScalarType.BFloat16, 2, 3), -1, 0, 0, Of(o, 2, 3)),
        ["CopyInplace of another type"] = o => o.CopyInplace(o.Empty(ScalarType.BFloat16, 2, 3), 0, ScalarType.Float16, new byte[2]),
        ["Empty"] = o => o.Empty(ScalarType.Float16, 3),
        ["AddInplace"] = o => o.AddInplace(Of(o, 2, 3), Of(o, 3)),
        ["AdamWInplace"] = o => o.AdamWInplace(Of(o, 2), Of(o, 3), Of(o, 2), Of(o, 2), new AdamWStep(1, 0.1f, 0)),
    };

    public static TheoryData<string, string> Misfits => BuiltIn.With(s_misfits.Keys);

    [Theory, MemberData(nameof(Misfits))]
    public void What_does_not_fit_is_refused(string backend, string misfit)
    {
        using var scope = new TensorScope();
        Should.Throw<ArgumentException>(() => s_misfits[misfit](BuiltIn.Get(backend)));
    }

    private static Tensor Of(IBackend ops, params int[] shape) => ops.Full(1, shape);
}
