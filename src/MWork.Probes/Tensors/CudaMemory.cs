using System.Runtime.InteropServices;

namespace MWork.Probes.Tensors;

/// <summary>How much of a GPU's memory is free: asked of the driver, in the context that libtorch uses.</summary>
internal static partial class CudaMemory
{
    private const string Driver = "libcuda.so.1";

    /// <summary>Bytes, or 0 where the driver does not say. Devices count as libtorch counts them.</summary>
    public static long Free(int ordinal)
    {
        try
        {
            if (cuInit(0) != 0 || cuDeviceGet(out int device, ordinal) != 0 || cuDevicePrimaryCtxRetain(out nint context, device) != 0)
            {
                return 0;
            }

            bool known = cuCtxPushCurrent_v2(context) == 0 & cuMemGetInfo_v2(out nuint free, out _) == 0 & cuCtxPopCurrent_v2(out _) == 0;
            _ = cuDevicePrimaryCtxRelease_v2(device);
            return known ? (long)free : 0;
        }
        catch (DllNotFoundException)
        {
            return 0;
        }
    }

    [LibraryImport(Driver)]
    private static partial int cuInit(uint flags);

    [LibraryImport(Driver)]
    private static partial int cuDeviceGet(out int device, int ordinal);

    [LibraryImport(Driver)]
    private static partial int cuDevicePrimaryCtxRetain(out nint context, int device);

    [LibraryImport(Driver)]
    private static partial int cuDevicePrimaryCtxRelease_v2(int device);

    [LibraryImport(Driver)]
    private static partial int cuCtxPushCurrent_v2(nint context);

    [LibraryImport(Driver)]
    private static partial int cuCtxPopCurrent_v2(out nint context);

    [LibraryImport(Driver)]
    private static partial int cuMemGetInfo_v2(out nuint free, out nuint total);
}
