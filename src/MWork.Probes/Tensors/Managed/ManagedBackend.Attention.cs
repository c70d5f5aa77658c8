using static MWork.Probes.Tensors.Shapes;

namespace MWork.Probes.Tensors.Managed;

public sealed unsafe partial class ManagedBackend
{
    // Query rows whose scores are held at once. Long sequences then need little memory, and one long sequence feeds all threads.
    private const int QueryBlock = 128;

    /// <inheritdoc/>
    public Tensor ScaledDotProductAttention(Tensor q, Tensor k, Tensor v, Tensor? mask, float scale)
    {
        RequireAttentionShapes(q, k, v, mask);
        ManagedTensor query = Own(q);
        ManagedTensor key = Own(k);
        ManagedTensor value = Own(v);
        ManagedTensor? bias = mask is null ? null : Own(mask);
        var output = new ManagedTensor([q.Size(0), q.Size(1), q.Size(2), v.Size(3)]);
        int heads = q.Size(1);
        int groups = Math.Max(1, k.Size(1));
        int repeats = heads / groups;
        (int rows, int columns, int width, int valueWidth) = (q.Size(2), k.Size(2), q.Size(3), v.Size(3));
        int blocks = (rows + QueryBlock - 1) / QueryBlock;
        float* queries = query.Data;
        float* keys = key.Data;
        float* values = value.Data;
        float* masks = bias is null ? null : bias.Data;
        float* to = output.Data;
        int units = output.Count == 0 ? 0 : q.Size(0) * heads * blocks;
        long work = (long)Math.Min(rows, QueryBlock) * columns * (width + valueWidth);
        _workers.For(units, Grain(StreamGrain, work), (start, end) =>
        {
            Storage scratch = Storage.Rent(checked(Math.Min(rows, QueryBlock) * columns));
            for (int unit = start; unit < end; unit++)
            {
                int head = unit / blocks;
                int batch = head / heads;
                int first = unit % blocks * QueryBlock;
                long group = ((long)batch * groups) + (head % heads / repeats);
                long row = ((long)head * rows) + first;
                AttendHead(
                    scratch.Data, Math.Min(QueryBlock, rows - first), columns, width, valueWidth,
                    queries + (row * width), keys + (group * columns * width), values + (group * columns * valueWidth),
                    masks == null ? null : masks + ((((long)batch * rows) + first) * columns), scale, to + (row * valueWidth));
            }

            scratch.Release();
        });
        GC.KeepAlive(query);
        GC.KeepAlive(key);
        GC.KeepAlive(value);
        GC.KeepAlive(bias);
        return output;
    }

    /// <summary>Scores, softmax and mean of values for some query rows of one head.</summary>
    private static void AttendHead(
        float* scores, int rows, int columns, int width, int valueWidth,
        float* query, float* key, float* value, float* mask, float scale, float* to)
    {
        if (columns == 0)
        {
            new Span<float>(to, rows * valueWidth).Clear();
            return;
        }

        if (width == 0)
        {
            new Span<float>(scores, rows * columns).Clear();
        }
        else
        {
            Gemm.Multiply(s_alone, rows, columns, width, query, width, 1, key, 1, width, scores, columns, accumulate: false);
        }

        for (int i = 0; i < rows; i++)
        {
            float* row = scores + ((long)i * columns);
            Rows.Scale(row, row, columns, scale);
            if (mask != null)
            {
                Lanes.Accumulate(mask + ((long)i * columns), row, columns);
            }

            Rows.Softmax(row, row, columns);
        }

        Gemm.Multiply(s_alone, rows, valueWidth, columns, scores, columns, 1, value, valueWidth, 1, to, valueWidth, accumulate: false);
    }

    private static void RequireAttentionShapes(Tensor q, Tensor k, Tensor v, Tensor? mask)
    {
        if (q.Rank != 4 || k.Rank != 4 || q.Size(0) != k.Size(0) || q.Size(3) != k.Size(3)
            || (k.Size(1) == 0 ? q.Size(1) != 0 : q.Size(1) % k.Size(1) != 0))
        {
            throw Misfit("ScaledDotProductAttention", q, k, "expected [B, H, T, d] and [B, G, S, d] with H a multiple of G.");
        }

        if (v.Rank != 4 || !k.Shape[..3].SequenceEqual(v.Shape[..3]))
        {
            throw Misfit("ScaledDotProductAttention", k, v, "keys and values must agree in [B, G, S].");
        }

        if (mask is not null && !mask.Shape.SequenceEqual([q.Size(0), 1, q.Size(2), k.Size(2)]))
        {
            throw Misfit("ScaledDotProductAttention", q, mask, "the mask must be [B, 1, T, S].");
        }
    }
}
