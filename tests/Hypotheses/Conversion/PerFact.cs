namespace MWork.Hypotheses;

/// <summary>From values per language and fact to values per fact, the unit of uncertainty.</summary>
internal static class PerFact
{
    /// <summary>The mean over languages of [language][fact].</summary>
    public static double[] Average(double[][] perLanguage) =>
        [.. Enumerable.Range(0, perLanguage[0].Length).Select(fact => perLanguage.Average(language => language[fact]))];
}
