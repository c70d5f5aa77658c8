using System.Globalization;
using static MWork.Probes.Tensors.Shapes;

namespace MWork.Probes.Tensors.Managed;

/// <summary>
/// CPU kernels in C#: SIMD, threaded, the same bits on any machine. Every output element is one sum in one order; threads split
/// outputs and never sums.
/// </summary>
/// <remarks>
/// Kernels work on pointers, so each operation keeps its inputs alive until it has finished: a caller may hold no other reference.
/// </remarks>
public sealed partial class ManagedBackend : IBackend
{
    // Elements below which another thread costs more than it saves.
    private const int StreamGrain = 32768;
    private const int ArithmeticGrain = 8192;

    private static readonly Workers s_alone = new(1);
    private readonly Workers _workers;

    /// <param name="threads">Threads to use; by default the environment variable <c>MWORK_THREADS</c>, or else one per processor.
    /// Results do not depend on it.</param>
    public ManagedBackend(int? threads = null)
    {
        int count = threads ?? DefaultThreads;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count, nameof(threads));
        _workers = new Workers(count);
    }

    /// <summary>Threads that kernels may use.</summary>
    public int Threads => _workers.Threads;

    public string Name => "managed";

    public IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["threads"] = Threads.ToString(CultureInfo.InvariantCulture) };

    public long? FreeMemory => null;

    public long LiveTensors => Storage.LiveCount;

    /// <summary>The backend with the default number of threads.</summary>
    public static ManagedBackend Shared { get; } = new();

    /// <summary>Threads of a backend that is not told how many: <c>MWORK_THREADS</c>, or else one per processor.</summary>
    public static int DefaultThreads =>
        int.TryParse(Environment.GetEnvironmentVariable("MWORK_THREADS"), NumberStyles.None, CultureInfo.InvariantCulture, out int n)
        && n > 0
            ? n
            : Environment.ProcessorCount;

    // An operation without a kernel for 16-bit weights of its own takes a widened copy.
    private static ManagedTensor Own(Tensor tensor) => tensor switch
    {
        ManagedTensor own => own,
        HalfTensor half => half.Widen(),
        _ => throw new ArgumentException($"{tensor} was made by another backend.", nameof(tensor)),
    };

    private static ManagedTensor OwnInplace(Tensor tensor) => tensor is HalfTensor half
        ? throw NeverWritten(half.Type)
        : Own(tensor);

    /// <summary>Rows and columns of a tensor seen as a matrix of its last dimension.</summary>
    private static (int Rows, int Columns) Matrix(Tensor x)
    {
        if (x.Rank == 0)
        {
            throw new ArgumentException("The operation works along the last dimension, but the shape is [].", nameof(x));
        }

        return (Product(x.Shape[..^1]), x.Size(-1));
    }

    private static int Grain(int elements, long perItem) => (int)Math.Max(1, elements / Math.Max(1, perItem));

    /// <summary>Rows of <paramref name="columns"/> elements, split over threads.</summary>
    private void ForRows(int rows, int columns, int grain, Action<int, int> body) => _workers.For(rows, Grain(grain, columns), body);

    /// <summary>Calls <c>body(block, from, to)</c> with disjoint ranges of columns [from, to) of each of
    /// <paramref name="outer"/> blocks; every column costs <paramref name="rows"/> steps.</summary>
    private void ForColumns(int outer, int inner, int rows, Action<int, int, int> body)
    {
        int vectors = Lanes.Vectors(inner);
        _workers.For(checked(outer * vectors), Grain(StreamGrain / Lanes.Width, rows), (from, to) =>
        {
            while (from < to)
            {
                int block = from / vectors;
                int first = from % vectors;
                int last = Math.Min(vectors, first + to - from);
                body(block, first * Lanes.Width, Math.Min(inner, last * Lanes.Width));
                from += last - first;
            }
        });
    }
}
