using MWork.Probes.Randomness;
using MWork.Probes.Text;

namespace MWork.Regression.Neurons;

/// <summary>Documents of words that <see cref="TinyModels"/> know, of different lengths; languages differ in which words they
/// like.</summary>
internal static class TinyText
{
    private const int Words = 27;

    public static readonly string[] Languages = ["en", "fr", "zh"];

    public static Document[] Documents(string language, int count, ulong seed = 3)
    {
        var random = new CounterRandom(seed, language);
        int first = Array.IndexOf(Languages, language) * (Words / 3);
        return [.. Enumerable.Range(0, count).Select(_ => Of(language, [.. Enumerable.Range(0, 3 + random.NextInt(7)).Select(
            _ => $"w{(random.NextBool(0.8) ? first + random.NextInt(Words / 3) : random.NextInt(Words))}")]))];
    }

    public static Document[] AllLanguages(int count, ulong seed = 3) =>
        [.. Languages.SelectMany(language => Documents(language, count, seed))];

    public static Document Of(string language, params string[] tokens) =>
        new(new Language(language, language, language, "Latin"), tokens, []);
}
