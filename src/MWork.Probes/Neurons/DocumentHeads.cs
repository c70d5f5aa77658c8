using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Probes.Neurons;

/// <summary>
/// One layer's queries and keys of one document, and the attention that results when coordinates of some heads are off, one at a
/// time. Shapes: N heads of a block, C coordinates, T positions, d head size.
/// </summary>
internal sealed class DocumentHeads
{
    private readonly ITensorOps _ops;
    private readonly Decoder _decoder;
    private readonly int _layer;
    private readonly AttentionPositions _positions;
    private readonly int _size;
    private readonly int _repeats;
    private readonly Tensor _queryRows; // [H, 1, T, d] as projected
    private readonly Tensor _keyRows;   // [H, 1, T, d] as projected, a group's keys once for each of its heads
    private readonly Tensor _queries;   // [H, 1, T, d] as scores are made of them
    private readonly Tensor _keys;      // [H, T, d]
    private readonly Tensor _mask;      // [1, 1, T, T]
    private readonly Tensor? _slopes;   // [H, 1, 1, T]

    public DocumentHeads(ITensorOps ops, Decoder decoder, int layer, Tensor query, Tensor key, AttentionPositions positions)
    {
        _ops = ops;
        _decoder = decoder;
        _layer = layer;
        _positions = positions;
        _size = decoder.Config.HeadSize;
        _repeats = decoder.Config.Heads / decoder.Config.KeyValueHeads;
        Length = query.Size(1);
        int heads = decoder.Config.Heads;
        Tensor q = decoder.Heads(ops, query, heads);
        Tensor k = decoder.Heads(ops, key, decoder.Config.KeyValueHeads);
        _queryRows = ops.Reshape(q, heads, 1, Length, _size);
        _keyRows = ops.Reshape(Repeated(k), heads, 1, Length, _size);
        _queries = ops.Reshape(decoder.Position(ops, layer, "attention.q_norm", q, positions), heads, 1, Length, _size);
        _keys = ops.Reshape(Repeated(decoder.Position(ops, layer, "attention.k_norm", k, positions)), heads, Length, _size);
        _mask = positions.Mask(layer);
        _slopes = positions.Slopes is { } slopes ? ops.Reshape(slopes, heads, 1, 1, Length) : null;
    }

    /// <summary>T.</summary>
    public int Length { get; }

    /// <summary>
    /// The coordinates of each head [H] that some token uses, ascending. What is zero in every query or in every key adds nothing to any score, and
    /// off it changes nothing; as rows of the weights, which norm and rotation come after, what is zero in both.
    /// </summary>
    public int[][] Used(bool rows)
    {
        bool[] queries = NotZero(rows ? _queryRows : _queries);
        bool[] keys = NotZero(rows ? _keyRows : _keys);
        return [.. Enumerable.Range(0, _decoder.Config.Heads).Select(head => Enumerable.Range(0, _size)
            .Where(k => rows ? queries[(head * _size) + k] || keys[(head * _size) + k] : queries[(head * _size) + k] && keys[(head * _size) + k])
            .ToArray())];
    }

    /// <summary>Scaled queries [N, C, T, d], in each of which one coordinate is off; as they are [N, 1, T, d] when C is
    /// 0.</summary>
    /// <param name="unscaled">Whether what the coordinate adds to the scores is taken off without their scale (as
    /// released).</param>
    public Tensor QueriesOff(int head, int heads, ReadOnlySpan<int> coordinates, bool unscaled)
    {
        float scale = _decoder.Config.AttentionScale;
        Tensor queries = _ops.Narrow(_queries, 0, head, heads);
        return coordinates.IsEmpty
            ? _ops.Mul(queries, scale)
            : Off(queries, coordinates, scale, unscaled ? scale - 1 : 0);
    }

    /// <summary>The same with rows of W_Q off: before norm and rotation.</summary>
    public Tensor QueryRowsOff(int head, int heads, ReadOnlySpan<int> coordinates) => _ops.Mul(
        RowsOff("attention.q_norm", _queryRows, head, heads, coordinates), _decoder.Config.AttentionScale);

    /// <summary>Attention [N, C, T, T] of scaled queries [N, C, T, d] and all keys.</summary>
    public Tensor Probs(Tensor queries, int head, int heads)
    {
        int coordinates = queries.Size(1);
        Tensor rows = _ops.Reshape(queries, heads, coordinates * Length, _size);
        Tensor scores = _ops.MatMul(rows, _ops.Narrow(_keys, 0, head, heads), transposeB: true);
        return Probs(_ops.Reshape(scores, heads, coordinates, Length, Length), head);
    }

    /// <summary>Attention [N, C, T, T] of each head when one row of its group's W_K is off.</summary>
    public Tensor ProbsOfKeyRowsOff(int head, int heads, ReadOnlySpan<int> coordinates)
    {
        Tensor keys = RowsOff("attention.k_norm", _keyRows, head, heads, coordinates);
        Tensor queries = _ops.RepeatInterleave(QueriesOff(head, heads, [], unscaled: false), coordinates.Length, 1);
        return Probs(_ops.MatMul(queries, keys, transposeB: true), head);
    }

    /// <summary>Squared norms [N·C] of how far attention [N, C, T, T] is from the clean one [N, 1, T, T].</summary>
    public float[] Changes(Tensor off, Tensor clean)
    {
        Tensor change = _ops.Sub(off, clean);
        return _ops.Sum(_ops.Sum(_ops.Mul(change, change), -1), -1).ToArray();
    }

    private Tensor Probs(Tensor scores, int head)
    {
        Tensor? slopes = _slopes is null ? null : _ops.Narrow(_slopes, 0, head, scores.Size(0));
        return _ops.Softmax(_ops.Add(_decoder.CapAndBias(_ops, scores, slopes), _mask));
    }

    private Tensor RowsOff(string norm, Tensor projected, int head, int heads, ReadOnlySpan<int> coordinates)
    {
        Tensor off = Off(_ops.Narrow(projected, 0, head, heads), coordinates, 1, 0);
        Tensor placed = _decoder.Position(
            _ops, _layer, norm, _ops.Reshape(off, 1, heads * coordinates.Length, Length, _size), _positions);
        return _ops.Reshape(placed, heads, coordinates.Length, Length, _size);
    }

    // Copy c of the C is multiplied by `rest` everywhere but at its own coordinate, and there by `own`.
    private Tensor Off(Tensor heads, ReadOnlySpan<int> coordinates, float rest, float own)
    {
        float[] factors = new float[coordinates.Length * _size];
        Array.Fill(factors, rest);
        for (int c = 0; c < coordinates.Length; c++)
        {
            factors[(c * _size) + coordinates[c]] = own;
        }

        return _ops.Mul(_ops.RepeatInterleave(heads, coordinates.Length, 1), _ops.FromArray(factors, coordinates.Length, 1, _size));
    }

    // Of [H, …, T, d]: whether a coordinate of a head is other than zero at some token, [H·d].
    private bool[] NotZero(Tensor perHead)
    {
        float[] values = perHead.ToArray();
        bool[] notZero = new bool[_decoder.Config.Heads * _size];
        for (int i = 0; i < values.Length; i++)
        {
            notZero[(i / (Length * _size) * _size) + (i % _size)] |= values[i] != 0;
        }

        return notZero;
    }

    private Tensor Repeated(Tensor groups) => _repeats == 1 ? groups : _ops.RepeatInterleave(groups, _repeats, 1);
}
