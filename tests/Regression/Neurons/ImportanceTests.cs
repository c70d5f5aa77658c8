using MWork.Probes.Models;
using MWork.Probes.Neurons;
using Shouldly;

namespace MWork.Regression.Neurons;

/// <summary>The importances of one pass are those of switching neurons off one by one.</summary>
public sealed class ImportanceTests
{
    // float32 on both sides, with sums in another order.
    private const double Tolerance = 2e-5;

    private static readonly int[][] s_documents = [[4, 9, 17, 30, 5, 8, 11, 4, 21], [6, 6, 12, 29], [28, 10, 7, 7, 13, 26, 9]];

    public static TheoryData<string> Models => TinyModels.Names;

    [Theory, MemberData(nameof(Models))]
    public void Ffn_neurons_value_rows_and_output_columns_are_exact(string architecture)
    {
        foreach (NeuronMatrix matrix in (NeuronMatrix[])[NeuronMatrix.Ffn, NeuronMatrix.Value, NeuronMatrix.Output])
        {
            CompareWithSwitchingOff(architecture, matrix, QueryKeyDefinition.Coordinate);
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void Rows_of_queries_and_keys_are_exact_under_the_row_definition(string architecture)
    {
        CompareWithSwitchingOff(architecture, NeuronMatrix.Query, QueryKeyDefinition.Row);
        CompareWithSwitchingOff(architecture, NeuronMatrix.Key, QueryKeyDefinition.Row);
    }

    [Theory, MemberData(nameof(Models))]
    public void Coordinates_of_queries_and_keys_follow_the_formula(string architecture)
    {
        using LanguageModel model = TinyModels.Create(architecture);
        NeuronLayout layout = NeuronLayout.Of(model.Decoder.Config);
        float[][] importances = Plnd.Importances(model, s_documents);
        for (int document = 0; document < s_documents.Length; document++)
        {
            for (int layer = 0; layer < layout.Layers; layer++)
            {
                (double[] query, double[] key) = CoordinateFormula.Importances(model, s_documents[document], layer);
                SwitchedOff.Distance(Block(importances[document], layout, layer, NeuronMatrix.Query), query)
                    .ShouldBeLessThan(Tolerance);
                SwitchedOff.Distance(Block(importances[document], layout, layer, NeuronMatrix.Key), key)
                    .ShouldBeLessThan(Tolerance);
            }
        }
    }

    [Fact]
    public void Without_rotation_and_norm_a_row_is_a_coordinate()
    {
        using LanguageModel model = TinyModels.Create("alibi, ungated");
        float[][] rows = Plnd.Importances(model, s_documents, new PlndOptions { QueryKey = QueryKeyDefinition.Row });
        float[][] coordinates = Plnd.Importances(model, s_documents);
        rows.Zip(coordinates)
            .ShouldAllBe(pair =>
                SwitchedOff.Distance(
                    pair.First.Select(x => (double)x), pair.Second.Select(x => (double)x).ToArray()) < Tolerance);
    }

    /// <summary>What no token uses is not computed; it is zero all the same.</summary>
    [Fact]
    public void What_no_token_uses_has_no_importance()
    {
        using LanguageModel model = TinyModels.Create("idle coordinates");
        NeuronLayout layout = NeuronLayout.Of(model.Decoder.Config);
        float[] importances = Plnd.Importances(model, s_documents)[0];
        Block(importances, layout, 1, NeuronMatrix.Query).Count(importance => importance == 0).ShouldBe((2 * 2) + (2 * 2));
        Block(importances, layout, 1, NeuronMatrix.Key).Count(importance => importance == 0).ShouldBe(2);
    }

    [Fact]
    public void Under_rotation_a_row_is_not_a_coordinate()
    {
        using LanguageModel model = TinyModels.Create("one head per group");
        NeuronLayout layout = NeuronLayout.Of(model.Decoder.Config);
        float[] row = Plnd.Importances(model, s_documents, new PlndOptions { QueryKey = QueryKeyDefinition.Row })[0];
        float[] coordinate = Plnd.Importances(model, s_documents)[0];
        double[] reference = [.. Block(coordinate, layout, 1, NeuronMatrix.Query)];
        SwitchedOff.Distance(Block(row, layout, 1, NeuronMatrix.Query), reference).ShouldBeGreaterThan(0.05);
    }

    [Theory, MemberData(nameof(Models))]
    public void A_document_has_the_same_bits_alone_and_in_a_ragged_batch(string architecture)
    {
        using LanguageModel model = TinyModels.Create(architecture);
        foreach (QueryKeyDefinition definition in Enum.GetValues<QueryKeyDefinition>())
        {
            var options = new PlndOptions { QueryKey = definition };
            float[][] together = Plnd.Importances(model, s_documents, options);
            for (int i = 0; i < s_documents.Length; i++)
            {
                together[i].ShouldBe(Plnd.Importances(model, [s_documents[i]], options)[0]);
            }
        }
    }

    [Fact]
    public void A_matrix_that_is_not_wanted_is_left_out_and_changes_no_other()
    {
        using LanguageModel model = TinyModels.Create("grouped heads");
        NeuronLayout all = NeuronLayout.Of(model.Decoder.Config);
        float[] everything = Plnd.Importances(model, s_documents)[0];
        foreach (NeuronMatrix matrix in Enum.GetValues<NeuronMatrix>())
        {
            float[] one = Plnd.Importances(model, s_documents, new PlndOptions { Matrices = [matrix] })[0];
            one.Length.ShouldBe(all.Layers * all.Size(matrix));
            one.ShouldBe(Enumerable.Range(0, all.Layers).SelectMany(layer => Block(everything, all, layer, matrix))
                .Select(x => (float)x).ToArray());
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_long_document_is_done_in_blocks_with_the_same_result(bool idle)
    {
        // 300 tokens: the coordinates of a head do not fit in one block any more.
        int[] document = [.. Enumerable.Range(0, 300).Select(i => 4 + (i * 7 % 27))];
        using LanguageModel model = TinyModels.Create(TinyModels.Configs["grouped heads"] with { Layers = 1 }, idle: idle);
        float[] importances = Plnd.Importances(model, [document])[0];
        (double[] query, double[] key) = CoordinateFormula.Importances(model, document, 0);
        NeuronLayout layout = NeuronLayout.Of(model.Decoder.Config);
        SwitchedOff.Distance(Block(importances, layout, 0, NeuronMatrix.Query), query).ShouldBeLessThan(Tolerance);
        SwitchedOff.Distance(Block(importances, layout, 0, NeuronMatrix.Key), key).ShouldBeLessThan(Tolerance);
    }

    private static void CompareWithSwitchingOff(string architecture, NeuronMatrix matrix, QueryKeyDefinition definition)
    {
        using LanguageModel model = TinyModels.Create(architecture);
        NeuronLayout layout = NeuronLayout.Of(model.Decoder.Config);
        float[][] importances = Plnd.Importances(model, s_documents, new PlndOptions { QueryKey = definition });
        for (int document = 0; document < s_documents.Length; document++)
        {
            for (int layer = 0; layer < layout.Layers; layer++)
            {
                double[] off = SwitchedOff.Importances(model, s_documents[document], layer, matrix);
                SwitchedOff.Distance(Block(importances[document], layout, layer, matrix), off)
                    .ShouldBeLessThan(Tolerance, $"{matrix}, layer {layer}");
            }
        }
    }

    private static IEnumerable<double> Block(float[] importances, NeuronLayout layout, int layer, NeuronMatrix matrix) =>
        importances.Skip(layout.Offset(layer, matrix)).Take(layout.Size(matrix)).Select(x => (double)x);
}
