namespace MWork.Probes.Tensors;

/// <summary>
/// Reverse-mode differentiation over the op list: carries each operation out on the backend it wraps and remembers how to run it
/// backwards. Only operations on watched tensors, or on what was computed from them, are remembered.
/// </summary>
/// <remarks>
/// A tape is for one forward and one backward pass. Every gradient lives in the scope that is open when <see cref="Backward"/> runs.
/// The in-place operations act on the backend and are never recorded.
/// </remarks>
public sealed partial class Tape(ITensorOps ops) : ITensorOps
{
    private readonly HashSet<Tensor> _tracked = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Tensor, Tensor> _gradients = new(ReferenceEqualityComparer.Instance);
    private readonly List<Step> _steps = [];

    public long? FreeMemory => ops.FreeMemory;

    /// <summary>Asks for the gradient by this tensor: a parameter, or an activation on the way.</summary>
    public void Watch(Tensor tensor) => _tracked.Add(tensor);

    /// <summary>Runs the recorded operations backwards from a one-element tensor.</summary>
    /// <exception cref="InvalidOperationException"><paramref name="loss"/> does not depend on a watched tensor.</exception>
    public void Backward(Tensor loss)
    {
        if (!_tracked.Contains(loss) || loss.Count != 1)
        {
            throw new InvalidOperationException($"Backward needs one element that depends on a watched tensor; got {loss}.");
        }

        _gradients[loss] = ops.Full(1, loss.Shape);
        for (int i = _steps.Count - 1; i >= 0; i--)
        {
            if (_gradients.TryGetValue(_steps[i].Output, out Tensor? gradient))
            {
                _steps[i].Backward(gradient);
            }
        }

        _steps.Clear();
    }

    /// <summary>d loss / d <paramref name="tensor"/>, of its shape; zeros when the loss does not depend on it.</summary>
    /// <exception cref="InvalidOperationException">The tensor was neither watched nor computed from a watched one.</exception>
    public Tensor Gradient(Tensor tensor)
    {
        if (!_tracked.Contains(tensor))
        {
            throw new InvalidOperationException($"{tensor} is not on the tape; Watch() it before the forward pass.");
        }

        return _gradients.TryGetValue(tensor, out Tensor? gradient) ? gradient : ops.Full(0, tensor.Shape);
    }

    private bool Tracks(Tensor? tensor) => tensor is not null && _tracked.Contains(tensor);

    private Tensor Record(Tensor output, Action<Tensor> backward)
    {
        _tracked.Add(output);
        _steps.Add(new Step(output, backward));
        return output;
    }

    // One input: record only if it is tracked, and hand it the gradient that `backward` computes.
    private Tensor Record(Tensor input, Tensor output, Func<Tensor, Tensor> backward) =>
        Tracks(input) ? Record(output, gradient => Accumulate(input, backward(gradient))) : output;

    // Never in place: the same gradient tensor may have been handed to several inputs.
    private void Accumulate(Tensor tensor, Tensor gradient)
    {
        if (Tracks(tensor))
        {
            _gradients[tensor] = _gradients.TryGetValue(tensor, out Tensor? sum) ? ops.Add(sum, gradient) : gradient;
        }
    }

    private readonly record struct Step(Tensor Output, Action<Tensor> Backward);
}
