using MWork.Probes.Lenses;
using MWork.Probes.Randomness;
using Shouldly;

namespace MWork.Regression.Lenses;

public sealed class TwinRetrievalTests
{
    [Fact]
    public void What_a_language_adds_to_all_its_states_does_not_matter()
    {
        float[][] queries = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
        float[][] twins = [.. queries.Select(state => state.Select((x, i) => (2 * x) + (100 * (i + 1))).ToArray())];
        TwinRetrieval.Hits(TwinRetrieval.Similarities(queries, twins), [[0, 1, 2], [0, 1, 2], [0, 1, 2]]).ShouldBe([1, 1, 1]);
    }

    [Fact]
    public void A_nearer_stranger_is_a_miss_and_a_tie_is_shared()
    {
        double[][] similarities = [[0.5, 0.9, 0.1], [0.7, 0.7, 0.7], [0.1, 0.2, 0.3]];
        TwinRetrieval.Hits(similarities, [[0, 1], [0, 1, 2], [2, 0]]).ShouldBe([0, 1.0 / 3, 1]);
    }

    [Theory, InlineData(1), InlineData(7), InlineData(8), InlineData(9), InlineData(64), InlineData(67)]
    public void States_of_any_width_have_the_cosine_of_the_textbook(int width)
    {
        var random = new CounterRandom(5, "states");
        float[][] queries = States();
        float[][] twins = States();
        double[][] similarities = TwinRetrieval.Similarities(queries, twins);
        for (int query = 0; query < queries.Length; query++)
        {
            for (int twin = 0; twin < twins.Length; twin++)
            {
                double[] a = Centred(queries, query);
                double[] b = Centred(twins, twin);
                similarities[query][twin].ShouldBe(Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b)), 1e-12);
            }
        }

        float[][] States() => [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, width).Select(_ => (float)random.NextDouble()).ToArray())];

        static double[] Centred(float[][] states, int which) =>
            [.. states[which].Select((value, i) => value - states.Average(state => (double)state[i]))];

        static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
    }
}
