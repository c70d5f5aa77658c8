namespace MWork.Hypotheses.Harness;

/// <summary>From values per language and fact to values per fact, the unit of uncertainty.</summary>
internal static class PerFact
{
    /// <summary>The mean over languages of [language][fact].</summary>
    public static double[] Average(double[][] perLanguage) =>
        [.. Enumerable.Range(0, perLanguage[0].Length).Select(fact => perLanguage.Average(language => language[fact]))];

    /// <summary>The mean of each fact's values, facts ascending.</summary>
    public static double[] Average(IEnumerable<(int Fact, double Value)> values) =>
        [.. values.GroupBy(pair => pair.Fact, pair => pair.Value).OrderBy(fact => fact.Key).Select(fact => fact.Average())];
}
