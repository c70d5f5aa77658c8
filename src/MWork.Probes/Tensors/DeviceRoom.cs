namespace MWork.Probes.Tensors;

/// <summary>
/// Shares weights out to devices: one is filled after another, in the order in which weights are asked for, which is that of a forward
/// pass. A part of each is kept for activations.
/// </summary>
/// <param name="free">Bytes that each device has free before any weight is there.</param>
public sealed class DeviceRoom(IReadOnlyList<long> free)
{
    // An eighth takes the activations of a layer of some rows, whatever the model; a batch is cut to what is left.
    private const int Kept = 8;

    private readonly Lock _lock = new();
    private readonly long[] _left = [.. free];
    private int _current;

    /// <summary>Bytes free on the fullest device, as every device has a batch's activations in turn.</summary>
    public long ForActivations
    {
        get
        {
            lock (_lock)
            {
                return _left.Min();
            }
        }
    }

    /// <summary>Takes room on the first device that has it, from the one on which the last weight is.</summary>
    /// <returns>The device's index.</returns>
    /// <exception cref="DeviceMemoryException">No device has room.</exception>
    public int Take(long bytes)
    {
        lock (_lock)
        {
            for (int device = _current; device < _left.Length; device++)
            {
                if (_left[device] - bytes >= free[device] / Kept)
                {
                    _left[device] -= bytes;
                    _current = device;
                    return device;
                }
            }

            throw new DeviceMemoryException(
                $"The weights do not fit the {_left.Length} device(s) with {free.Sum() >> 20} MiB free in all; use more devices, or MWORK_WEIGHTS=stored.");
        }
    }

    /// <summary>Gives room back.</summary>
    public void Return(int device, long bytes)
    {
        lock (_lock)
        {
            _left[device] += bytes;
            _current = Math.Min(_current, device);
        }
    }
}
