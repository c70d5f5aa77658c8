using System.Buffers;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>The ranked merges of a BPE vocabulary and the merging itself, in O(n log n).</summary>
internal sealed class BpeMerges
{
    // Keyed by both ids in one number: hashing a tuple costs half of the encoding time.
    private readonly Dictionary<long, (int Rank, int Id)> _rules = [];

    /// <summary>Reads <c>["a b", …]</c> or <c>[["a", "b"], …]</c>, the first having the lowest rank.</summary>
    /// <param name="prefixLength">Length of the continuing-subword prefix that a right part loses on merging.</param>
    public static BpeMerges Read(JsonField field, Vocabulary vocabulary, int prefixLength)
    {
        var merges = new BpeMerges();
        var joined = new ArrayBufferWriter<char>();
        int rank = 0;
        foreach (JsonField item in field.Items())
        {
            string text = item.IsText ? item.Text() : string.Empty;
            if (text.StartsWith("#version", StringComparison.Ordinal))
                continue;
            int space = text.IndexOf(' ', StringComparison.Ordinal);
            ReadOnlySpan<char> left;
            ReadOnlySpan<char> right;
            if (!item.IsText && item.Pair() is (JsonField first, JsonField second))
            {
                left = first.Text();
                right = second.Text();
            }
            else if (space >= 0 && text.IndexOf(' ', space + 1) < 0)
            {
                left = text.AsSpan(0, space);
                right = text.AsSpan(space + 1);
            }
            else
            {
                throw item.Refuse("a merge must name two tokens.");
            }

            if (right.Length < prefixLength)
                throw item.Refuse($"'{right}' is shorter than the continuing-subword prefix.");
            joined.ResetWrittenCount();
            joined.Write(left);
            joined.Write(right[prefixLength..]);
            merges._rules[Key(Id(item, left), Id(item, right))] = (rank++, Id(item, joined.WrittenSpan));
        }

        return merges;

        int Id(JsonField item, ReadOnlySpan<char> token) => vocabulary.TryGetId(token, out int id)
            ? id
            : throw item.Refuse($"the merge names '{token}', which is not in model.vocab.");
    }

    /// <summary>Merges in place, lowest rank first, leftmost first among equals, until nothing merges.</summary>
    public void Apply(List<int> ids)
    {
        int count = ids.Count;
        if (count < 2)
            return;

        // A linked list of the symbols that are left; next[i] = count ends it, a merged-away symbol has id -1.
        int[] next = new int[count];
        int[] previous = new int[count];
        var queue = new PriorityQueue<int, ulong>(count);
        for (int i = 0; i < count; i++)
        {
            next[i] = i + 1;
            previous[i] = i - 1;
            Offer(i);
        }

        while (queue.TryDequeue(out int expected, out ulong priority))
        {
            int left = (int)(priority & uint.MaxValue);
            int right = next[left];

            // The entry is stale if either side has been merged since into something that gives another token.
            if (ids[left] < 0 || right >= count
                || !_rules.TryGetValue(Key(ids[left], ids[right]), out (int Rank, int Id) rule) || rule.Id != expected)
                continue;
            ids[left] = rule.Id;
            ids[right] = -1;
            next[left] = next[right];
            if (next[left] < count)
                previous[next[left]] = left;
            if (previous[left] >= 0)
                Offer(previous[left]);
            Offer(left);
        }

        ids.RemoveAll(id => id < 0);

        void Offer(int at)
        {
            if (next[at] < count && _rules.TryGetValue(Key(ids[at], ids[next[at]]), out (int Rank, int Id) rule))
                queue.Enqueue(rule.Id, ((ulong)rule.Rank << 32) | (uint)at);
        }
    }

    private static long Key(int left, int right) => ((long)left << 32) | (uint)right;
}
