using MWork.Probes.Tensors.Torch;

namespace MWork.Probes.Tensors;

public static partial class Backends
{
    static partial void AddTorch(OrderedDictionary<string, Func<string?, int?, IBackend>> makers) => makers["torch"] = (device, threads) =>
    {
        try
        {
            return new TorchBackend(device, threads);
        }
        catch (Exception error) when (error is NotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            throw new ArgumentException($"libtorch does not load here: {error.Message.Split('\n')[0]}", error);
        }
    };
}
