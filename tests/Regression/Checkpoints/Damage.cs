using MWork.Probes.Randomness;

namespace MWork.Regression.Checkpoints;

/// <summary>One to three edits of a file: bits, bytes, insertions, deletions, repetitions.</summary>
internal static class Damage
{
    // Bytes that mean something to the format find more than bytes drawn evenly.
    private static ReadOnlySpan<byte> Telling => "{}[]\",:\\0123456789-eE. \0\xff"u8;

    /// <param name="sound">The file.</param>
    /// <param name="mutable">Only its first bytes, as many as this, are edited.</param>
    /// <param name="random">Decides everything.</param>
    public static byte[] Of(byte[] sound, int mutable, CounterRandom random)
    {
        List<byte> bytes = [.. sound];
        int edits = 1 + random.NextInt(3);
        for (int i = 0; i < edits; i++)
        {
            int at = random.NextInt(Math.Min(mutable, bytes.Count));
            byte value = random.NextBool(0.5) ? Telling[random.NextInt(Telling.Length)] : (byte)random.NextInt(256);
            switch (random.NextInt(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.NextInt(8));
                    break;
                case 1:
                    bytes[at] = value;
                    break;
                case 2:
                    bytes.Insert(at, value);
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(1 + random.NextInt(4), bytes.Count - at));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(1 + random.NextInt(40), bytes.Count - at)));
                    break;
            }
        }

        return [.. bytes];
    }
}
