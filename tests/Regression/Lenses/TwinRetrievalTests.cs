using MWork.Probes.Lenses;
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
}
