using System.Globalization;

namespace MWork.Probes.Tensors;

/// <summary>
/// A dense, row-major float32 array that lives on a backend. Contents are immutable to users of the op list; only the
/// operations whose names end in <c>Inplace</c> write into an existing tensor.
/// </summary>
/// <remarks>
/// A tensor made inside a <see cref="TensorScope"/> dies with it unless it is kept. A tensor made outside any scope belongs to
/// whoever holds it and returns its memory on <see cref="Dispose()"/>.
/// </remarks>
public abstract class Tensor : IDisposable
{
    private readonly int[] _shape;

    protected Tensor(ReadOnlySpan<int> shape)
    {
        _shape = shape.ToArray();
        long count = 1;
        foreach (int size in _shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            count *= size;
        }

        if (count > int.MaxValue)
        {
            throw new ArgumentException($"A tensor of shape {Describe(shape)} has more than {int.MaxValue} elements.", nameof(shape));
        }

        Count = (int)count;
        TensorScope.Adopt(this);
    }

    /// <summary>Sizes, outermost first.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    public int Rank => _shape.Length;

    /// <summary>Number of elements, 1 for a scalar of shape <c>[]</c>.</summary>
    public int Count { get; }

    /// <summary>The scope that disposes this tensor, or null when its holder does.</summary>
    internal TensorScope? Owner { get; set; }

    /// <summary>Size along a dimension; negative dimensions count from the end, as in PyTorch.</summary>
    public int Size(int dim) => _shape[dim < 0 ? dim + _shape.Length : dim];

    /// <summary>Copies the elements, row-major, into <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than <see cref="Count"/>.</exception>
    public abstract void CopyTo(Span<float> destination);

    /// <summary>The elements, row-major.</summary>
    public float[] ToArray()
    {
        var values = new float[Count];
        CopyTo(values);
        return values;
    }

    /// <summary>The only element of a one-element tensor.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one element.</exception>
    public float Item()
    {
        if (Count != 1)
        {
            throw new InvalidOperationException($"Item() needs one element, but the shape is {Describe(Shape)}.");
        }

        Span<float> value = stackalloc float[1];
        CopyTo(value);
        return value[0];
    }

    /// <summary>True when both have the same sizes.</summary>
    public bool HasShapeOf(Tensor other) => Shape.SequenceEqual(other.Shape);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A shape as PyTorch prints it, for messages: <c>[2, 3]</c>.</summary>
    public static string Describe(ReadOnlySpan<int> shape)
    {
        var parts = new string[shape.Length];
        for (int i = 0; i < shape.Length; i++)
        {
            parts[i] = shape[i].ToString(CultureInfo.InvariantCulture);
        }

        return $"[{string.Join(", ", parts)}]";
    }

    public override string ToString() => $"{GetType().Name}{Describe(Shape)}";

    protected abstract void Dispose(bool disposing);
}
