namespace MWork.Probes.Statistics;

/// <summary>
/// Count, mean and variance of numbers that are seen once (Welford 1962), which merge over shards (Chan, Golub &amp; LeVeque 1979).
/// A NaN among the numbers makes mean and variance NaN.
/// </summary>
public sealed class StreamingMoments
{
    private double _mean;
    private double _squares;

    public long Count { get; private set; }

    /// <summary>NaN if nothing was added.</summary>
    public double Mean => Count == 0 ? double.NaN : _mean;

    /// <summary>Unbiased, with n − 1; NaN below two numbers.</summary>
    public double Variance => Count < 2 ? double.NaN : _squares / (Count - 1);

    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>Of the mean; NaN below two numbers.</summary>
    public double StandardError => Math.Sqrt(Variance / Count);

    public static StreamingMoments Of(ReadOnlySpan<double> values)
    {
        var moments = new StreamingMoments();
        foreach (double value in values)
            moments.Add(value);
        return moments;
    }

    public void Add(double value)
    {
        Count++;
        double before = value - _mean;
        _mean += before / Count;
        _squares += before * (value - _mean);
    }

    /// <summary>Takes in what <paramref name="other"/> has seen, as if it had been added here; equal up to rounding.</summary>
    public void Merge(StreamingMoments other)
    {
        if (other.Count == 0)
            return;
        long count = Count + other.Count;
        double apart = other._mean - _mean;
        _squares += other._squares + (apart * apart * Count * other.Count / count);
        _mean += apart * other.Count / count;
        Count = count;
    }
}
