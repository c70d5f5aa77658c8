using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static MWork.Probes.Tensors.Shapes;

namespace MWork.Probes.Tensors.Torch;

/// <summary>
/// The op list on libtorch: on the CPU, on a GPU, or on several, where every operation runs on the last of its inputs' devices, so that
/// states follow the weights from device to device. Float32 throughout; products with weights of 16 bits are taken in their type on a GPU.
/// </summary>
/// <remarks>
/// Nothing here asks for libtorch's own gradients: <see cref="Tape"/> spells them out, as for every backend. Inner results die with their
/// operation, in a scope of libtorch's own, which belongs to a thread: nothing awaits inside one.
/// </remarks>
public sealed partial class TorchBackend : IBackend
{
    // Products on a GPU are reproducible only if this was set before the process began; cuBLAS reads it in the C library's environment.
    private const string CublasVariable = "CUBLAS_WORKSPACE_CONFIG";

    private readonly TorchDevices _devices;

    /// <param name="device"><c>cpu</c>, <c>cuda</c> for every visible GPU, or one of them, <c>cuda:1</c>; GPUs where there are any when it is
    /// null.</param>
    /// <param name="threads">Threads on the CPU; <c>MWORK_THREADS</c>, or else one per processor, when it is null.</param>
    /// <exception cref="ArgumentException">There is no such device.</exception>
    public TorchBackend(string? device = null, int? threads = null)
    {
        _devices = TorchDevices.Of(device);
        torch.set_num_threads(threads ?? Managed.ManagedBackend.DefaultThreads);
        torch.backends.cuda.matmul.allow_tf32 = false;
        torch.backends.cudnn.allow_tf32 = false;
        torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction = false;
    }

    public string Name => "torch";

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["libtorch"] = torch.__version__,
        ["device"] = _devices.ToString(),
        ["threads"] = torch.get_num_threads().ToString(CultureInfo.InvariantCulture),
        ["tf32"] = torch.backends.cuda.matmul.allow_tf32 ? "on" : "off",
        ["float16 sums"] = torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction ? "float16" : "float32",
        ["weights"] = Models.ModelDirectory.DefaultPrecision == Models.WeightPrecision.Float32 ? "float32" : "stored",
        [CublasVariable] = Environment.GetEnvironmentVariable(CublasVariable) ?? "not set",
    };

    public long? FreeMemory => _devices.ForActivations;

    public long LiveTensors => torch.Tensor.TotalCount;

    /// <summary>Carries out one operation on its inputs' values, widened to float32, and keeps nothing but the result.</summary>
    private TorchTensor Run(ReadOnlySpan<Tensor> inputs, Func<torch.Tensor[], torch.Tensor> compute, [CallerMemberName] string operation = "") =>
        RunStored(inputs, values => compute(Array.ConvertAll(values, Wide)), operation);

    /// <summary>The same on values as they are kept.</summary>
    private TorchTensor RunStored(
        ReadOnlySpan<Tensor> inputs, Func<torch.Tensor[], torch.Tensor> compute, [CallerMemberName] string operation = "") =>
        new(Do(inputs, values => compute(values).DetachFromDisposeScope(), operation));

    private T Do<T>(ReadOnlySpan<Tensor> inputs, Func<torch.Tensor[], T> compute, [CallerMemberName] string operation = "")
    {
        Tensor[] held = inputs.ToArray();
        using DisposeScope scope = torch.NewDisposeScope();
        try
        {
            return compute(_devices.Together(Array.ConvertAll(held, Own)));
        }
        catch (ExternalException error) when (error.Message.Contains("out of memory", StringComparison.Ordinal)
            || error.Message.Contains("not enough memory", StringComparison.Ordinal))
        {
            throw new DeviceMemoryException($"{operation} does not fit the memory of {_devices}.", error);
        }
        catch (ExternalException error) when (!error.Message.Contains("CUDA error", StringComparison.Ordinal))
        {
            string shapes = string.Join(", ", Array.ConvertAll(held, tensor => Tensor.Describe(tensor.Shape)));
            throw new ArgumentException($"{operation}: shapes {shapes} do not fit: {error.Message.Split('\n')[0]}", error);
        }
    }

    private static torch.Tensor Own(Tensor tensor) => tensor is TorchTensor own
        ? own.Value
        : throw new ArgumentException($"{tensor} was made by another backend.", nameof(tensor));

    private static torch.Tensor Wide(torch.Tensor value) => value.dtype == torch.float32 ? value : value.to(torch.float32);

    private static torch.Tensor Writable(Tensor tensor) => Own(tensor) is var value && value.dtype == torch.float32
        ? value
        : throw NeverWritten(value.dtype == torch.float16 ? ScalarType.Float16 : ScalarType.BFloat16);

    private static long[] Sizes(ReadOnlySpan<int> shape) => Array.ConvertAll(shape.ToArray(), size => (long)size);

    // A GPU that is handed an index out of range stops the process.
    private static long[] Ids(ReadOnlySpan<int> ids, int size, Tensor of, [CallerMemberName] string operation = "")
    {
        RequireIndices(operation, ids, size, of.Shape);
        return Sizes(ids);
    }

    private static torch.Tensor On(torch.Tensor neighbour, long[] ids) => torch.tensor(ids, device: neighbour.device);
}
