using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MWork.Probes.Lenses;

/// <summary>
/// Whether a state still says which query it came from: is the nearest of the other language's states, by centred cosine, that of
/// the same query? Each language's mean state is subtracted first, so that what all of its queries share (the language itself, the
/// template) cannot help.
/// </summary>
public static class TwinRetrieval
{
    /// <summary>Success at rank 1 of each query, 0 or 1, with ties shared.</summary>
    /// <param name="similarities">[query][twin]; query i's own twin is i.</param>
    /// <param name="candidates">For each query, the twins that it is compared with; its own is among them.</param>
    public static double[] Hits(double[][] similarities, IReadOnlyList<int[]> candidates)
    {
        double[] hits = new double[similarities.Length];
        for (int query = 0; query < hits.Length; query++)
        {
            double[] row = similarities[query];
            double own = row[query];
            int above = candidates[query].Count(candidate => row[candidate] > own);
            int level = candidates[query].Count(candidate => row[candidate].Equals(own));
            hits[query] = above > 0 ? 0 : 1.0 / Math.Max(level, 1);
        }

        return hits;
    }

    /// <summary>Centred cosines, [query][twin].</summary>
    public static double[][] Similarities(float[][] queries, float[][] twins)
    {
        double[][] left = Normalize(queries);
        double[][] right = Normalize(twins);
        return left.Select(a => right.Select(b => Dot(a, b)).ToArray()).ToArray();
    }

    private static double[][] Normalize(float[][] states)
    {
        int width = states[0].Length;
        double[] mean = new double[width];
        foreach (float[] state in states)
        {
            for (int i = 0; i < width; i++)
            {
                mean[i] += state[i] / (double)states.Length;
            }
        }

        return states.Select(state =>
        {
            double[] centred = state.Select((value, i) => value - mean[i]).ToArray();
            double norm = Math.Sqrt(Dot(centred, centred));
            return norm > 0 ? centred.Select(value => value / norm).ToArray() : centred;
        }).ToArray();
    }

    // Eight sums side by side, added in one order: the same bits whatever the processor's vectors hold.
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector512<double>> left = MemoryMarshal.Cast<double, Vector512<double>>(a);
        ReadOnlySpan<Vector512<double>> right = MemoryMarshal.Cast<double, Vector512<double>>(b);
        Vector512<double> lanes = Vector512<double>.Zero;
        for (int i = 0; i < left.Length; i++)
        {
            lanes += left[i] * right[i];
        }

        double sum = 0;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            sum += lanes[lane];
        }

        for (int i = left.Length * Vector512<double>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
