namespace MWork.Probes.Neurons;

/// <summary>
/// Each neuron as a classifier of a language (Kojima et al. 2024, "On the Multilingual Ability of Decoder-based Pre-trained
/// Language Models"): the average precision with which its mean activation on a text tells that the text is of the language.
/// </summary>
public static class AveragePrecision
{
    /// <summary>The average precision of every FFN neuron for a language, by place.</summary>
    /// <exception cref="ArgumentException">There is no text of the language.</exception>
    public static double[] Scores(TextActivations activations, string language)
    {
        if (!activations.Languages.Contains(language, StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"There are no texts in '{language}'; there are some in {string.Join(", ", activations.Languages)}.",
                nameof(language));
        }

        return [.. Enumerable.Range(0, activations.Layout.Count).Select(place => Of(activations.Of(place, language)))];
    }

    /// <summary>The neurons with the highest average precision, those with the lowest, or both: Kojima's top, bottom and both.
    /// Ties go to the first neuron.</summary>
    /// <exception cref="ArgumentException">There is no text of the language.</exception>
    public static NeuronSet Select(TextActivations activations, string language, int highest, int lowest = 0)
    {
        double[] scores = Scores(activations, language);
        int[] places = [.. Enumerable.Range(0, scores.Length)];
        return new NeuronSet(places.OrderByDescending(place => scores[place]).Take(highest)
            .Concat(places.OrderBy(place => scores[place]).Take(lowest))
            .Select(place => activations.Layout[place]));
    }

    /// <summary>Σ (R_i − R_{i−1}) P_i over the thresholds between distinct values, highest first; texts with one value are told
    /// apart by no threshold. NaN without a positive.</summary>
    public static double Of(IEnumerable<(float Value, bool Positive)> texts)
    {
        int seen = 0;
        int found = 0;
        double sum = 0;
        foreach (IGrouping<float, bool> tied in texts.OrderByDescending(text => text.Value)
            .GroupBy(text => text.Value, text => text.Positive))
        {
            int positives = tied.Count(positive => positive);
            seen += tied.Count();
            found += positives;
            sum += positives * ((double)found / seen);
        }

        return sum / found;
    }
}
