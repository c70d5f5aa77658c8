using System.Text.Json;
using MWork.Probes.Tensors;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>Names and sizes of the element types.</summary>
internal static class SafetensorsDtypes
{
    /// <summary>Names as a header spells them, for messages.</summary>
    public const string Known = "F32, F16, BF16, I64, I32, U8 and BOOL";

    private static readonly SafetensorsDtype[] s_all = Enum.GetValues<SafetensorsDtype>();

    /// <summary>The dtype that a JSON text names.</summary>
    public static bool TryParse(ref Utf8JsonReader text, out SafetensorsDtype dtype)
    {
        foreach (SafetensorsDtype candidate in s_all)
        {
            if (text.ValueTextEquals(candidate.Name()))
            {
                dtype = candidate;
                return true;
            }
        }

        dtype = default;
        return false;
    }

    public static string Name(this SafetensorsDtype dtype) => dtype switch
    {
        SafetensorsDtype.Bool => "BOOL",
        SafetensorsDtype.U8 => "U8",
        SafetensorsDtype.F16 => "F16",
        SafetensorsDtype.BF16 => "BF16",
        SafetensorsDtype.I32 => "I32",
        SafetensorsDtype.F32 => "F32",
        SafetensorsDtype.I64 => "I64",
        _ => throw new ArgumentOutOfRangeException(nameof(dtype)),
    };

    /// <summary>Bytes of one element.</summary>
    public static int Size(this SafetensorsDtype dtype) => dtype switch
    {
        SafetensorsDtype.Bool or SafetensorsDtype.U8 => 1,
        SafetensorsDtype.F16 or SafetensorsDtype.BF16 => 2,
        SafetensorsDtype.I32 or SafetensorsDtype.F32 => 4,
        SafetensorsDtype.I64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype)),
    };

    public static bool IsFloat(this SafetensorsDtype dtype) =>
        dtype is SafetensorsDtype.F32 or SafetensorsDtype.F16 or SafetensorsDtype.BF16;

    /// <summary>The same type where tensors are computed with; for the floats.</summary>
    public static ScalarType ScalarType(this SafetensorsDtype dtype) => dtype switch
    {
        SafetensorsDtype.F32 => Tensors.ScalarType.Float32,
        SafetensorsDtype.F16 => Tensors.ScalarType.Float16,
        SafetensorsDtype.BF16 => Tensors.ScalarType.BFloat16,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype)),
    };
}
