using MWork.Probes.Tensors;

namespace MWork.Probes.Models;

/// <summary>
/// What attention needs to know of positions in one pass, the same for every layer: the rotation or the ALiBi slopes, and the causal
/// masks. Row b's token t stands at position cached(b) + t.
/// </summary>
internal sealed class AttentionPositions
{
    // Large enough to vanish under softmax beside any score, small enough that adding a score to it cannot overflow.
    private const float Masked = -1e30f;

    private readonly ITensorOps _ops;
    private readonly ModelConfig _config;
    private readonly Dictionary<int, Tensor> _masks; // by window

    private AttentionPositions(ITensorOps ops, ModelConfig config, TokenBatch batch, Dictionary<int, Tensor> masks)
    {
        _ops = ops;
        _config = config;
        Batch = batch;
        _masks = masks;
    }

    public AttentionPositions(ITensorOps ops, ModelConfig config, TokenBatch batch, KeyValueCache? cache)
        : this(ops, config, batch, [])
    {
        int[] cached = cache?.Lengths.ToArray() ?? new int[batch.Rows];
        int keys = cached.Max() + batch.Width;
        if (config.Rotary is { } rotary)
        {
            int[] positions = new int[batch.Rows * batch.Width];
            for (int i = 0; i < positions.Length; i++)
            {
                positions[i] = cached[i / batch.Width] + (i % batch.Width);
            }

            (float[] cos, float[] sin) = rotary.Table(positions, config.HeadSize);
            Rotation = (ops.FromArray(cos, batch.Rows, batch.Width, config.HeadSize / 2),
                ops.FromArray(sin, batch.Rows, batch.Width, config.HeadSize / 2));
        }
        else
        {
            Slopes = Alibi(keys);
        }

        // All at once: one that was made when first asked for would die with the scope of whoever asked.
        for (int layer = 0; layer < config.Layers; layer++)
        {
            int window = Window(layer);
            if (!_masks.ContainsKey(window))
            {
                _masks[window] = CausalMask(window, cached, keys);
            }
        }
    }

    public TokenBatch Batch { get; }

    /// <summary>Cosines and sines [B, T, d/2].</summary>
    public (Tensor Cos, Tensor Sin)? Rotation { get; private init; }

    /// <summary>ALiBi's bias by key position [1, H, 1, S].</summary>
    public Tensor? Slopes { get; private init; }

    /// <summary>Added to the scores, [B, 1, T, S]: zero where a token may look, very negative elsewhere.</summary>
    public Tensor Mask(int layer) => _masks[Window(layer)];

    /// <summary>The same keys, asked by each row's last token alone: T is 1.</summary>
    public AttentionPositions Last() => new(
        _ops, _config, Batch, _masks.ToDictionary(mask => mask.Key, mask => _ops.Reshape(Batch.Last(_ops, mask.Value), Batch.Rows, 1, 1, mask.Value.Size(-1))))
    {
        Rotation = Rotation is (Tensor cos, Tensor sin) ? (Batch.Last(_ops, cos), Batch.Last(_ops, sin)) : null,
        Slopes = Slopes,
    };

    private int Window(int layer) => layer < _config.Windows.Count ? _config.Windows[layer] ?? int.MaxValue : int.MaxValue;

    private Tensor CausalMask(int window, int[] cached, int keys)
    {
        int width = Batch.Width;
        float[] values = new float[Batch.Rows * width * keys];
        for (int row = 0; row < Batch.Rows; row++)
        {
            for (int t = 0; t < width; t++)
            {
                int position = cached[row] + t;
                Span<float> line = values.AsSpan(((row * width) + t) * keys, keys);
                line[(position + 1)..].Fill(Masked);
                line[..Math.Max(0, position + 1 - Math.Min(window, position + 1))].Fill(Masked);
            }
        }

        return _ops.FromArray(values, Batch.Rows, 1, width, keys);
    }

    // Press et al. 2022, with the extension to head counts that are no power of two.
    private Tensor Alibi(int keys)
    {
        int heads = _config.Heads;
        int power = 1 << Math.ILogB(heads);
        float[] bias = new float[heads * keys];
        for (int head = 0; head < heads; head++)
        {
            double exponent = head < power
                ? -8.0 / power * (head + 1)
                : -4.0 / power * ((2 * (head - power)) + 1);
            float slope = (float)Transcendentals.Pow(2, exponent);
            for (int key = 0; key < keys; key++)
            {
                bias[(head * keys) + key] = slope * key;
            }
        }

        return _ops.FromArray(bias, 1, heads, 1, keys);
    }
}
