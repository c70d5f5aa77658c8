using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Probes.Neurons;

/// <summary>Documents of several lengths in one batch, and sums over each one's own tokens. Padding counts as zero, and a sum
/// over positions goes from the first to the last, so that zeros behind the last token change no bit.</summary>
internal sealed class DocumentBatch
{
    private readonly ITensorOps _ops;
    private readonly int _headSize;
    private readonly Tensor? _real; // [B, T, 1]; null where nothing is padded
    private readonly AttentionPositions[] _positions;

    public DocumentBatch(LanguageModel model, TokenBatch tokens)
    {
        _ops = model.Ops;
        _headSize = model.Decoder.Config.HeadSize;
        Tokens = tokens;
        _real = tokens.Lengths.All(length => length == tokens.Width) ? null : Real();
        var byLength = tokens.Lengths.Distinct().ToDictionary(length => length, length => PositionsOf(model, length));
        _positions = [.. tokens.Lengths.Select(length => byLength[length])];
    }

    public TokenBatch Tokens { get; }

    /// <summary>Rotation and masks of one document on its own.</summary>
    public AttentionPositions Positions(int row) => _positions[row];

    /// <summary>One document of [B, T, n], without its padding.</summary>
    public Tensor Document(Tensor value, int row) => _ops.Narrow(_ops.Narrow(value, 0, row, 1), 1, 0, Tokens.Lengths[row]);

    /// <summary>The norm over each document's tokens of every entry of [B, T, n], or the sum of sizes: [B·n].</summary>
    public float[] OverTokens(Tensor value, bool sumOfSizes)
    {
        value = _real is null ? value : _ops.Mul(value, _real);
        return sumOfSizes
            ? _ops.Sum(_ops.Abs(value), 1).ToArray()
            : _ops.Sqrt(_ops.Sum(_ops.Mul(value, value), 1)).ToArray();
    }

    /// <summary>Writes on how many of each document's tokens every entry of [B, T, n] is positive into its array, from
    /// <paramref name="offset"/>. Exact: a document has fewer tokens than float32 can count.</summary>
    public void Active(Tensor value, long[][] counts, int offset)
    {
        Tensor positive = _ops.Gt(value, 0);
        float[] sums = _ops.Sum(_real is null ? positive : _ops.Mul(positive, _real), 1).ToArray();
        int width = sums.Length / counts.Length;
        for (int i = 0; i < sums.Length; i++)
        {
            counts[i / width][offset + (i % width)] = (long)sums[i];
        }
    }

    /// <summary>Writes the mean over each document's tokens of every entry of [B, T, n] into its array, from
    /// <paramref name="offset"/>.</summary>
    public void Means(Tensor value, float[][] means, int offset)
    {
        float[] sums = _ops.Sum(_real is null ? value : _ops.Mul(value, _real), 1).ToArray();
        int width = sums.Length / means.Length;
        for (int i = 0; i < sums.Length; i++)
        {
            means[i / width][offset + (i % width)] = sums[i] / Tokens.Lengths[i / width];
        }
    }

    /// <summary>
    /// From the heads' joined outputs [B, T, H·d]: how large the change of attention's output at a token is when a value row is
    /// off, [B, T, G·d].
    /// </summary>
    public Tensor ValueEffects(Tensor mix, float[][][] factors)
    {
        int repeats = factors.Length;
        int rows = factors[0][0].Length;
        Tensor[] members = [.. Enumerable.Range(0, repeats).Select(a => Member(mix, a, repeats, rows))];
        Tensor? squares = null;
        for (int j = 0; j < repeats; j++)
        {
            Tensor? effect = null;
            for (int a = j; a < repeats; a++)
            {
                Tensor part = _ops.Mul(members[a], _ops.FromArray(factors[a][j], rows));
                effect = effect is null ? part : _ops.Add(effect, part);
            }

            Tensor square = _ops.Mul(effect!, effect!);
            squares = squares is null ? square : _ops.Add(squares, square);
        }

        return _ops.Sqrt(squares!);
    }

    // [B, T, H·d] → [B, T, G·d]: of every group of heads the one at this place.
    private Tensor Member(Tensor mix, int place, int repeats, int rows)
    {
        if (repeats == 1)
        {
            return mix;
        }

        Tensor groups = _ops.Reshape(mix, mix.Count / (repeats * _headSize), repeats, _headSize);
        return _ops.Reshape(_ops.Narrow(groups, 1, place, 1), mix.Size(0), mix.Size(1), rows);
    }

    private Tensor Real()
    {
        float[] real = new float[Tokens.Rows * Tokens.Width];
        for (int row = 0; row < Tokens.Rows; row++)
        {
            real.AsSpan(row * Tokens.Width, Tokens.Lengths[row]).Fill(1);
        }

        return _ops.FromArray(real, Tokens.Rows, Tokens.Width, 1);
    }

    private static AttentionPositions PositionsOf(LanguageModel model, int length)
    {
        return new AttentionPositions(model.Ops, model.Decoder.Config, TokenBatch.Of([new int[length]]), cache: null);
    }
}
