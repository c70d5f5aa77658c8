using TorchSharp;

namespace MWork.Probes.Tensors.Torch;

/// <summary>Where tensors are: the CPU, or GPUs that are filled one after another with weights, in the order in which a pass needs them.</summary>
internal sealed class TorchDevices
{
    private readonly torch.Device[] _devices;
    private readonly DeviceRoom? _room;

    private TorchDevices(torch.Device[] devices)
    {
        _devices = devices;
        long[] free = [.. devices.Select(device => device.type == DeviceType.CUDA ? CudaMemory.Free(device.index) : 0)];
        _room = free.All(bytes => bytes > 0) ? new DeviceRoom(free) : null;
    }

    /// <summary>Where what is not a weight begins.</summary>
    public torch.Device First => _devices[0];

    public bool AreGpus => First.type == DeviceType.CUDA;

    public long? ForActivations => _room?.ForActivations;

    /// <exception cref="ArgumentException">There is no such device.</exception>
    public static TorchDevices Of(string? name)
    {
        int gpus = name == "cpu" || !torch.cuda.is_available() ? 0 : torch.cuda.device_count();
        string[] there = ["cpu", .. gpus > 0 ? ["cuda"] : Array.Empty<string>(), .. Enumerable.Range(0, gpus).Select(i => $"cuda:{i}")];
        name ??= gpus > 0 ? "cuda" : "cpu";
        if (!there.Contains(name, StringComparer.Ordinal))
        {
            throw new ArgumentException($"{Backends.DeviceVariable} is '{name}', but here there are {string.Join(", ", there)}.", nameof(name));
        }

        return new TorchDevices(name == "cuda" ? [.. there[2..].Select(gpu => torch.device(gpu))] : [torch.device(name)]);
    }

    /// <summary>The device that has room for a weight, and what gives the room back.</summary>
    public (torch.Device Device, Action Released) Room(long bytes)
    {
        int device = _room?.Take(bytes) ?? 0;
        return (_devices[device], () => _room?.Return(device, bytes));
    }

    /// <summary>All on the last of their devices.</summary>
    public torch.Tensor[] Together(torch.Tensor[] values)
    {
        if (_devices.Length == 1 || values.Length < 2)
        {
            return values;
        }

        int last = values.Max(value => value.device_index);
        return Array.ConvertAll(values, value => value.device_index == last ? value : value.to(DeviceType.CUDA, last));
    }

    public override string ToString() => string.Join(", ", _devices.Select(device => device.ToString()));
}
