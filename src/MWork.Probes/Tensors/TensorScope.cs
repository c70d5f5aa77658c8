namespace MWork.Probes.Tensors;

/// <summary>
/// Disposes the tensors made on this thread since it was opened.
/// Scopes nest and belong to a thread: never await inside one.
/// </summary>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic]
    private static TensorScope? t_current;

    private readonly TensorScope? _outer;
    private readonly HashSet<Tensor> _tensors = new(ReferenceEqualityComparer.Instance);
    private bool _disposed;

    public TensorScope()
    {
        _outer = t_current;
        t_current = this;
    }

    /// <summary>Tensors that would die if this scope closed now.</summary>
    public int Count => _tensors.Count;

    /// <summary>Hands a tensor to the scope around this one, or to the caller when there is none.</summary>
    public Tensor Keep(Tensor tensor)
    {
        if (_tensors.Remove(tensor))
        {
            tensor.Owner = _outer;
            _outer?._tensors.Add(tensor);
        }

        return tensor;
    }

    /// <summary>Takes a tensor out of every scope: from now on its holder disposes it.</summary>
    public static Tensor Detach(Tensor tensor)
    {
        tensor.Owner?._tensors.Remove(tensor);
        tensor.Owner = null;
        return tensor;
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        if (!ReferenceEquals(t_current, this))
        {
            throw new InvalidOperationException("Tensor scopes must be disposed innermost first, on the thread that opened them.");
        }

        _disposed = true;
        t_current = _outer;
        foreach (Tensor tensor in _tensors)
        {
            tensor.Owner = null;
            tensor.Dispose();
        }

        _tensors.Clear();
    }

    internal static void Adopt(Tensor tensor)
    {
        tensor.Owner = t_current;
        t_current?._tensors.Add(tensor);
    }

    internal static void Forget(Tensor tensor) => Detach(tensor);
}
