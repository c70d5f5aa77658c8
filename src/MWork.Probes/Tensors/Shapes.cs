namespace MWork.Probes.Tensors;

/// <summary>What must fit before an operation begins, for every backend: the same shapes are refused in the same words.</summary>
internal static class Shapes
{
    /// <summary>A dimension counted from the front.</summary>
    public static int Axis(Tensor x, int dim)
    {
        int axis = dim < 0 ? dim + x.Rank : dim;
        return axis >= 0 && axis < x.Rank
            ? axis
            : throw new ArgumentException($"Dimension {dim} is out of range for shape {Tensor.Describe(x.Shape)}.", nameof(dim));
    }

    public static int Product(ReadOnlySpan<int> sizes)
    {
        int product = 1;
        foreach (int size in sizes)
        {
            product = checked(product * size);
        }

        return product;
    }

    /// <summary>The shape with another size in one dimension.</summary>
    public static int[] With(ReadOnlySpan<int> shape, int axis, int size)
    {
        int[] result = shape.ToArray();
        result[axis] = size;
        return result;
    }

    public static ArgumentException Misfit(string operation, Tensor a, Tensor b, string rule = "") => new(
        $"{operation}: shapes {Tensor.Describe(a.Shape)} and {Tensor.Describe(b.Shape)} do not fit{(rule.Length == 0 ? "." : ": " + rule)}",
        nameof(b));

    public static void RequireSameShape(string operation, Tensor a, params ReadOnlySpan<Tensor> others)
    {
        foreach (Tensor b in others)
        {
            if (!a.HasShapeOf(b))
            {
                throw Misfit(operation, a, b);
            }
        }
    }

    /// <summary>b has size 1, or fewer leading dimensions, wherever a has more.</summary>
    public static void RequireBroadcast(string operation, Tensor a, Tensor b)
    {
        for (int dim = 1; dim <= b.Rank; dim++)
        {
            if (dim > a.Rank || (b.Size(-dim) != 1 && b.Size(-dim) != a.Size(-dim)))
            {
                throw Misfit(operation, a, b);
            }
        }
    }

    public static void RequireFilled(int values, ReadOnlySpan<int> shape)
    {
        if (Product(shape) != values)
        {
            throw new ArgumentException($"FromArray: {values} values do not fill shape {Tensor.Describe(shape)}.", nameof(values));
        }
    }

    public static void RequireReshape(Tensor x, ReadOnlySpan<int> shape)
    {
        if (Product(shape) != x.Count)
        {
            throw new ArgumentException(
                $"Reshape: shape {Tensor.Describe(x.Shape)} has not as many elements as {Tensor.Describe(shape)}.", nameof(shape));
        }
    }

    public static void RequireIndices(string operation, ReadOnlySpan<int> indices, int size, ReadOnlySpan<int> shape)
    {
        foreach (int index in indices)
        {
            if ((uint)index >= (uint)size)
            {
                throw new ArgumentException(
                    $"{operation}: index {index} is out of range [0, {size}) (shape {Tensor.Describe(shape)}).", nameof(indices));
            }
        }
    }

    public static void RequireIndexAdd(int size, int dim, ReadOnlySpan<int> indices, Tensor source)
    {
        if (indices.Length != source.Size(Axis(source, dim)))
        {
            throw new ArgumentException(
                $"IndexAdd: [{indices.Length}] indices do not fit dimension {dim} of shape {Tensor.Describe(source.Shape)}.", nameof(indices));
        }

        RequireIndices("IndexAdd", indices, size, source.Shape);
    }

    /// <summary>Checks logits [N, V] and targets; returns how many rows count.</summary>
    public static int RequireTargets(string operation, Tensor logits, ReadOnlySpan<int> targets)
    {
        if (logits.Rank != 2 || logits.Size(0) != targets.Length)
        {
            throw new ArgumentException(
                $"{operation}: logits {Tensor.Describe(logits.Shape)} must be [N, V] for [{targets.Length}] targets.", nameof(targets));
        }

        int counted = 0;
        foreach (int target in targets)
        {
            if (target >= logits.Size(1))
            {
                throw new ArgumentException(
                    $"{operation}: target {target} is out of range for logits {Tensor.Describe(logits.Shape)}.", nameof(targets));
            }

            counted += target >= 0 ? 1 : 0;
        }

        return counted;
    }

    /// <summary>Checks what <see cref="ITensorOps.CopyInplace(Tensor, int, int, int, Tensor)"/> is given; returns the axis and the source's
    /// shape, the row's dimension in it. For one row the source has size 1 there, or leaves that dimension out.</summary>
    public static (int Axis, int[] Shape) RequirePart(Tensor destination, int row, int dim, int start, Tensor source)
    {
        int axis = Axis(destination, dim);
        int[] shape = source.Shape.ToArray();
        if (row >= 0 && shape.Length == destination.Rank - 1)
        {
            shape = [1, .. shape];
        }

        int length = shape.Length == destination.Rank ? shape[axis] : 0;
        int[] expected = With(destination.Shape, axis, length);
        if (row >= 0)
        {
            expected[0] = 1;
        }

        return shape.AsSpan().SequenceEqual(expected) && start >= 0 && start + length <= destination.Size(axis)
            && row < destination.Size(0) && (row < 0 || axis != 0)
            ? (axis, shape)
            : throw Misfit("CopyInplace", destination, source, $"row {row}, dimension {dim} from {start}.");
    }

    /// <summary>Checks what <see cref="ITensorOps.CopyInplace(Tensor, int, ScalarType, ReadOnlySpan{byte})"/> is given; returns how many
    /// elements there are.</summary>
    public static int RequireElements(Tensor destination, int start, ScalarType type, ReadOnlySpan<byte> elements)
    {
        int count = elements.Length / type.Size();
        return start >= 0 && count <= destination.Count - start && count * type.Size() == elements.Length
            ? count
            : throw new ArgumentException(
                $"CopyInplace: {elements.Length} bytes of {type} do not fit {Tensor.Describe(destination.Shape)} from element {start} on.",
                nameof(elements));
    }

    /// <exception cref="ArgumentException">Only matrices are kept in 16 bits.</exception>
    public static void RequireMatrix(ScalarType type, ReadOnlySpan<int> shape)
    {
        if (type != ScalarType.Float32 && shape.Length != 2)
        {
            throw new ArgumentException($"Only a matrix is kept as {type}, not the shape {Tensor.Describe(shape)}.", nameof(shape));
        }
    }

    public static ArgumentException NeverWritten(ScalarType type) =>
        new($"Weights kept as {type} are never changed; load them as float32.");
}
