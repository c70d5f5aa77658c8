namespace MWork.Probes.Tasks;

/// <summary>ROUGE-L (Lin 2004, section 3) on one pair of texts: overlap by the longest common subsequence of their words.</summary>
/// <param name="Precision">Share of the prediction's words.</param>
/// <param name="Recall">Share of the reference's words.</param>
public readonly record struct RougeL(double Precision, double Recall)
{
    /// <summary>The harmonic mean; 0 where there is no overlap.</summary>
    public double F => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;

    /// <summary>The score over <see cref="WordSegments"/>; zero where a text has no words. Cost is the product of both lengths.</summary>
    public static RougeL Of(string prediction, string reference)
    {
        IReadOnlyList<string> told = WordSegments.Of(prediction);
        IReadOnlyList<string> right = WordSegments.Of(reference);
        int shared = LongestCommonSubsequence(told, right);
        return shared == 0 ? default : new RougeL((double)shared / told.Count, (double)shared / right.Count);
    }

    private static int LongestCommonSubsequence(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        int[] above = new int[b.Count + 1];
        int[] row = new int[b.Count + 1];
        for (int i = 0; i < a.Count; i++)
        {
            for (int j = 0; j < b.Count; j++)
            {
                row[j + 1] = a[i] == b[j] ? above[j] + 1 : Math.Max(above[j + 1], row[j]);
            }

            (above, row) = (row, above);
        }

        return above[^1];
    }
}
