using MWork.Probes.Tensors.Torch;

namespace MWork.Probes.Tensors;

public static partial class Backends
{
    static partial void AddTorch(OrderedDictionary<string, Func<string?, int?, IBackend>> makers) =>
        makers["torch"] = (device, threads) => new TorchBackend(device, threads);
}
