namespace MWork.Probes.Neurons;

/// <summary>
/// The order in which CPython (3.7 and later) iterates a set of small non-negative integers that was filled in ascending order:
/// by slot of its hash table. The released code cuts the neurons to deactivate in such an order, which knows nothing of
/// importance.
/// </summary>
/// <remarks>The order of a set also depends on its history (intersections, differences); ascending insertion is the simplest
/// one.</remarks>
public static class SetOrder
{
    private const int SmallestTable = 8;
    private const int LinearProbes = 9;
    private const int PerturbShift = 5;
    private const int LargeSet = 50_000;
    private const int Free = -1;

    public static IReadOnlyList<int> Of(IEnumerable<int> values)
    {
        int[] table = Table(0);
        int used = 0;
        foreach (int value in values.Distinct().Order())
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(values));
            Insert(table, value);
            used++;

            // At three fifths full the table grows to the next power of two above four times its entries (twice, when large).
            if (used * 5L >= (table.Length - 1) * 3L)
            {
                int[] larger = Table(used > LargeSet ? used * 2 : used * 4);
                Array.ForEach(Array.FindAll(table, entry => entry != Free), entry => Insert(larger, entry));
                table = larger;
            }
        }

        return Array.FindAll(table, entry => entry != Free);
    }

    private static void Insert(int[] table, int value)
    {
        int mask = table.Length - 1;
        uint perturb = (uint)value;
        int slot = value & mask;
        while (true)
        {
            int probes = slot + LinearProbes <= mask ? LinearProbes : 0;
            for (int i = slot; i <= slot + probes; i++)
            {
                if (table[i] == Free)
                {
                    table[i] = value;
                    return;
                }
            }

            perturb >>= PerturbShift;
            slot = (int)((((uint)slot * 5) + 1 + perturb) & (uint)mask);
        }
    }

    private static int[] Table(int moreThan)
    {
        int size = SmallestTable;
        while (size <= moreThan)
        {
            size *= 2;
        }

        int[] table = new int[size];
        Array.Fill(table, Free);
        return table;
    }
}
