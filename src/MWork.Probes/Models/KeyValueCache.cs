using MWork.Probes.Tensors;

namespace MWork.Probes.Models;

/// <summary>
/// Keys and values of the tokens seen so far, per layer [B, G, capacity, d]. Rows fill independently, so that ragged prompts need no
/// padding in between and a row gives the same bits whatever else is in its batch.
/// </summary>
public sealed class KeyValueCache : IDisposable
{
    private readonly Tensor[] _keys;
    private readonly Tensor[] _values;
    private int[] _lengths;

    public KeyValueCache(ITensorOps ops, ModelConfig config, int rows, int capacity)
    {
        Capacity = capacity;
        _lengths = new int[rows];
        _keys = Allocate();
        _values = Allocate();

        Tensor[] Allocate() => Enumerable.Range(0, config.Layers)
            .Select(_ => TensorScope.Detach(ops.Full(0, rows, config.KeyValueHeads, capacity, config.HeadSize))).ToArray();
    }

    public int Capacity { get; }

    /// <summary>Tokens held for each row.</summary>
    public IReadOnlyList<int> Lengths => _lengths;

    /// <summary>Forgets every row but these, which stay in the order given.</summary>
    public void Keep(ITensorOps ops, IReadOnlyList<int> rows)
    {
        int[] kept = [.. rows];
        _lengths = [.. kept.Select(row => _lengths[row])];
        for (int layer = 0; layer < _keys.Length; layer++)
        {
            _keys[layer] = Select(_keys[layer]);
            _values[layer] = Select(_values[layer]);
        }

        Tensor Select(Tensor all)
        {
            Tensor own = TensorScope.Detach(ops.IndexSelect(all, 0, kept));
            all.Dispose();
            return own;
        }
    }

    public void Dispose()
    {
        foreach (Tensor tensor in _keys.Concat(_values))
        {
            tensor.Dispose();
        }
    }

    /// <summary>Writes new keys and values [B, G, T, d] after those held and returns all, [B, G, longest, d].</summary>
    internal (Tensor Keys, Tensor Values) Append(ITensorOps ops, int layer, Tensor keys, Tensor values)
    {
        for (int row = 0; row < _lengths.Length; row++)
        {
            ops.CopyInplace(_keys[layer], row, 2, _lengths[row], ops.Narrow(keys, 0, row, 1));
            ops.CopyInplace(_values[layer], row, 2, _lengths[row], ops.Narrow(values, 0, row, 1));
        }

        int longest = _lengths.Max() + keys.Size(2);
        return (ops.Narrow(_keys[layer], 2, 0, longest), ops.Narrow(_values[layer], 2, 0, longest));
    }

    /// <summary>Refuses a batch that does not fit, before anything is written.</summary>
    internal void Reserve(TokenBatch batch)
    {
        if (batch.Rows != _lengths.Length || _lengths.Max() + batch.Width > Capacity)
        {
            throw new ArgumentException(
                $"A cache of {_lengths.Length} rows × {Capacity} positions cannot take {batch.Rows} rows × {batch.Width} more tokens.");
        }
    }

    /// <summary>Counts the tokens of a finished pass as held; the padding written behind them will be overwritten.</summary>
    internal void Advance(TokenBatch batch)
    {
        for (int row = 0; row < _lengths.Length; row++)
        {
            _lengths[row] += batch.Lengths[row];
        }
    }
}
