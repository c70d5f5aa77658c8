using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Tensors;
using Shouldly;

namespace MWork.Regression.Neurons;

/// <summary>Each departure of the released code, on its own, and what it does.</summary>
public sealed class ReleasedTests : IDisposable
{
    private const double Tolerance = 2e-5;
    private const int Layer = 1;

    private static readonly int[] s_document = [4, 9, 17, 30, 5, 8, 11, 4, 21];

    private readonly LanguageModel _model = TinyModels.Create("grouped heads");

    [Fact]
    public void Ungated_ffn_scores_see_neither_gate_nor_what_the_neuron_writes()
    {
        var oddities = new ReleasedOddities { UngatedFfnScore = true };
        Compare(Scores(oddities, NeuronMatrix.Ffn), OverTokens(Sites.FfnUp(Layer), SwitchedOff.Norm));
        Compare(Scores(oddities with { SumOverTokens = true }, NeuronMatrix.Ffn), OverTokens(Sites.FfnUp(Layer), Sizes));
        Scores(oddities, NeuronMatrix.Ffn).ShouldNotBe(Scores(ReleasedOddities.None, NeuronMatrix.Ffn));
        OthersStay(oddities, NeuronMatrix.Ffn);
    }

    [Fact]
    public void An_unscaled_delta_takes_off_more_than_the_coordinate_adds()
    {
        var oddities = new ReleasedOddities { UnscaledDelta = true };
        (double[] query, double[] key) = CoordinateFormula.Importances(_model, s_document, Layer, unscaledDelta: true);
        Compare(Scores(oddities, NeuronMatrix.Query), query);
        Compare(Scores(oddities, NeuronMatrix.Key), key);
        Scores(oddities, NeuronMatrix.Query).Sum()
            .ShouldBeGreaterThan(1.2 * Scores(ReleasedOddities.None, NeuronMatrix.Query).Sum());
        OthersStay(oddities, NeuronMatrix.Query, NeuronMatrix.Key);
    }

    [Fact]
    public void Equal_query_and_key_scores_are_one_per_coordinate_of_every_query_head()
    {
        var oddities = new ReleasedOddities { EqualQueryKeyScores = true };
        Scores(oddities, NeuronMatrix.Key).ShouldBe(Scores(ReleasedOddities.None, NeuronMatrix.Query));
        Scores(oddities, NeuronMatrix.Key).Length.ShouldBe(2 * Scores(ReleasedOddities.None, NeuronMatrix.Key).Length);
        OthersStay(oddities, NeuronMatrix.Key);
    }

    [Fact]
    public void Value_and_output_scores_without_the_output_s_norm_are_equal()
    {
        var oddities = new ReleasedOddities { ValueOutputWithoutOutputNorm = true };
        Compare(Scores(oddities, NeuronMatrix.Output), OverTokens(Sites.Mix(Layer), SwitchedOff.Norm));
        Scores(oddities, NeuronMatrix.Value).ShouldBe(Scores(oddities, NeuronMatrix.Output));
        OthersStay(oddities, NeuronMatrix.Value, NeuronMatrix.Output);
    }

    [Fact]
    public void Sums_over_tokens_are_sums_of_what_each_token_feels()
    {
        var oddities = new ReleasedOddities { SumOverTokens = true };
        float[] down = _model.Decoder.Weights[WeightNames.Block(Layer, "ffn.down.weight")].ToArray();
        double[] norms = [.. Enumerable.Range(0, 40)
            .Select(k => SwitchedOff.Norm(down.Skip(k).Where((_, i) => i % 40 == 0).Select(x => (double)x)))];
        Compare(Scores(oddities, NeuronMatrix.Ffn),
            [.. OverTokens(Sites.FfnActivation(Layer), Sizes).Zip(norms, (sum, norm) => sum * norm)]);
        (double[] query, double[] key) = CoordinateFormula.Importances(_model, s_document, Layer);
        Compare(Scores(oddities, NeuronMatrix.Query), [.. query.Select(x => x * x)]);
        Compare(Scores(oddities, NeuronMatrix.Key), [.. key.Select(x => x * x)]);
        Compare(Scores(oddities, NeuronMatrix.Value), SumsOfTokens(NeuronMatrix.Value));
        Compare(Scores(oddities, NeuronMatrix.Output), SumsOfTokens(NeuronMatrix.Output));
    }

    [Fact]
    public void Sums_over_tokens_make_long_documents_weigh_more()
    {
        PlndOptions sums = new() { TopShare = 1, Oddities = new ReleasedOddities { SumOverTokens = true } };
        SyntheticCounts.Of(1, sums, ("en", [6f])).MeanImportances("en").ShouldBe([6]);
        SyntheticCounts.Of(1, new PlndOptions(), ("en", [6f])).MeanImportances("en").ShouldBe([3]);
    }

    [Fact]
    public void Specific_against_all_languages_keeps_what_the_pivot_shares()
    {
        (string, int[])[] documents = [("en", [0, 1, 2]), ("fr", [1, 2, 3]), ("zh", [2, 3, 4])];
        ConsistentNeurons released = SyntheticCounts.Important(
            5, new PlndOptions { Oddities = new ReleasedOddities { SpecificAgainstAllLanguages = true } }, documents)
                .Consistent();
        released.Specific("fr", "en").ShouldBe(SyntheticCounts.Ffn(1, 3));
        released.Specific("en", "en").ShouldBe(SyntheticCounts.Ffn(0, 1));
        ConsistentNeurons described = SyntheticCounts.Important(5, documents).Consistent();
        described.Specific("fr", "en").ShouldBe(SyntheticCounts.Ffn(3));
        described.Specific("en", "en").ShouldBe(SyntheticCounts.Ffn(0));
    }

    [Fact]
    public void A_subset_by_set_order_does_not_ask_for_importance()
    {
        PlndOptions options = new() { TopShare = 1, Oddities = new ReleasedOddities { SubsetBySetOrder = true } };
        float[] importances = new float[50];
        (importances[3], importances[9], importances[17], importances[33], importances[41]) = (9, 8, 7, 1, 2);
        (string, float[])[] documents = [("en", new float[50]), ("fr", importances)];
        SyntheticCounts.Of(50, options, documents).Consistent().Specific("fr", "en", new TopCount(0, 2))
            .ShouldBe(SyntheticCounts.Ffn(3, 33));
        SyntheticCounts.Of(50, new PlndOptions { TopShare = 1 }, documents).Consistent().Specific("fr", "en", new TopCount(0, 2))
            .ShouldBe(SyntheticCounts.Ffn(3, 9));
    }

    /// <summary>The order is that of indices within a layer and matrix, as the released code keeps a set for each.</summary>
    [Fact]
    public void A_subset_by_set_order_is_the_same_in_every_layer()
    {
        PlndOptions options = new() { TopShare = 1, Matrices = [NeuronMatrix.Ffn], Oddities = new ReleasedOddities { SubsetBySetOrder = true } };
        var counts = new PlndCounts("synthetic", new NeuronShape(2, 50, 1, 1, 1), options);
        float[] importances = new float[100];
        Array.ForEach([3, 9, 17, 33, 41], index => (importances[index], importances[50 + index]) = (index, 100 - index));
        counts.Add("en", "first", tokens: 4, new float[100]);
        counts.Add("fr", "second", tokens: 4, importances);
        counts.Consistent().Specific("fr", "en", new TopCount(0, 2)).ShouldBe(
            new NeuronSet([new(0, NeuronMatrix.Ffn, 3), new(0, NeuronMatrix.Ffn, 33), new(1, NeuronMatrix.Ffn, 3), new(1, NeuronMatrix.Ffn, 33)]));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(5, 5, 2)]
    [InlineData(6, 0, 3)]
    [InlineData(11, 5, 5)]
    [InlineData(12, 6, 6)]
    [InlineData(23, 11, 11)]
    public void Grouped_indices_are_mapped_to_the_wrong_rows(int coordinate, int right, int released)
    {
        NeuronShape shape = NeuronShape.Of(_model.Decoder.Config); // 4 heads of 6 in 2 groups
        foreach (NeuronMatrix matrix in (NeuronMatrix[])[NeuronMatrix.Key, NeuronMatrix.Value])
        {
            var measured = new Neuron(2, matrix, coordinate);
            var expanded = new ReleasedOddities { EqualQueryKeyScores = true, ValueOutputWithoutOutputNorm = true };
            shape.RowOf(measured, new PlndOptions { Oddities = expanded }).ShouldBe(new Neuron(2, matrix, right));
            shape.RowOf(measured, new PlndOptions { Oddities = expanded with { GroupedIndexMapping = true } })
                .ShouldBe(new Neuron(2, matrix, released));
            shape.RowOf(measured, new PlndOptions { Oddities = new ReleasedOddities { GroupedIndexMapping = true } })
                .ShouldBe(measured);
        }

        var query = new Neuron(2, NeuronMatrix.Query, coordinate);
        shape.RowOf(query, new PlndOptions { Oddities = ReleasedOddities.Released(TopCount.Readme) }).ShouldBe(query);
    }

    [Fact]
    public void For_Llama_3_the_mappings_are_those_of_the_released_text()
    {
        var shape = new NeuronShape(32, 14336, 32, 8, 128);
        var options = new PlndOptions { Oddities = new ReleasedOddities { EqualQueryKeyScores = true } };
        foreach (int j in (int[])[0, 127, 128, 511, 512, 1700, 4095])
        {
            var measured = new Neuron(0, NeuronMatrix.Key, j);
            shape.RowOf(measured, options).Index.ShouldBe((j / 512 * 128) + (j % 128));
            shape.RowOf(measured,
                options with { Oddities = options.Oddities with { GroupedIndexMapping = true } }).Index.ShouldBe(j / 4);
        }
    }

    [Fact]
    public void Released_means_all_of_them()
    {
        var released = ReleasedOddities.Released(TopCount.LlamaCode);
        typeof(ReleasedOddities).GetProperties().Where(property => property.PropertyType == typeof(bool))
            .ShouldAllBe(property => (bool)property.GetValue(released)! && !(bool)property.GetValue(ReleasedOddities.None)!);
        released.TopCount.ShouldBe(TopCount.LlamaCode);
        ReleasedOddities.None.TopCount.ShouldBeNull();
    }

    [Fact]
    public void Counts_are_those_of_a_Llama_3_and_their_shares_of_another_model()
    {
        ModelConfig llama = _model.Decoder.Config with { Heads = 32, HeadSize = 128, IntermediateSize = 14336 };
        TopCount.Readme.For(llama).ShouldBe(TopCount.Readme);
        TopCount.Readme.For(llama with { Heads = 16, IntermediateSize = 7168 }).ShouldBe(new TopCount(500, 1000));
        foreach (NeuronMatrix matrix in Enum.GetValues<NeuronMatrix>())
        {
            TopCount.Readme.Of(matrix).ShouldBe(matrix == NeuronMatrix.Ffn ? 2000 : 1000);
        }
    }

    [Fact]
    public void All_together_end_in_rows_that_the_model_has_and_differ_from_the_description()
    {
        TopCount count = TopCount.Readme.For(_model.Decoder.Config);
        count.ShouldBe(new TopCount(6, 6));
        TopCount.LlamaCode.For(_model.Decoder.Config).ShouldBe(new TopCount(12, 34));
        var options = new PlndOptions { TopShare = 0.25, Oddities = ReleasedOddities.Released(count) };
        PlndCounts released = Plnd.Measure(_model, TinyText.AllLanguages(3), options);
        released.Layout.Size(NeuronMatrix.Key).ShouldBe(24);
        NeuronLayout rows = NeuronLayout.Of(_model.Decoder.Config);
        NeuronSet french = released.Consistent()["fr"];
        french.ShouldAllBe(neuron => rows.Contains(neuron));
        french.Select(neuron => neuron.Matrix).Distinct().Count().ShouldBe(5);
        PlndCounts described = Plnd.Measure(_model, TinyText.AllLanguages(3), options with { Oddities = ReleasedOddities.None });
        described.Consistent()["fr"].ShouldNotBe(french);
    }

    public void Dispose() => _model.Dispose();

    private double[] Scores(ReleasedOddities oddities, NeuronMatrix matrix, int? token = null)
    {
        PlndOptions options = new() { Oddities = oddities };
        NeuronLayout layout = NeuronShape.Of(_model.Decoder.Config).Measured(options);
        float[] scores = Plnd.Importances(_model, [token is { } t ? s_document[..(t + 1)] : s_document], options)[0];
        return [.. scores.Skip(layout.Offset(Layer, matrix)).Take(layout.Size(matrix)).Select(x => (double)x)];
    }

    // Norms of prefixes: what the last token of one feels is the difference of squares to the prefix before.
    private double[] SumsOfTokens(NeuronMatrix matrix)
    {
        double[] sums = new double[Scores(ReleasedOddities.None, matrix).Length];
        double[] before = new double[sums.Length];
        for (int t = 0; t < s_document.Length; t++)
        {
            double[] squares = [.. Scores(ReleasedOddities.None, matrix, t).Select(x => x * x)];
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += Math.Sqrt(Math.Max(0, squares[i] - before[i]));
            }

            before = squares;
        }

        return sums;
    }

    private double[] OverTokens(string site, Func<IEnumerable<double>, double> fold)
    {
        using var scope = new TensorScope();
        Tensor value = _model.Decoder.Forward(
            _model.Ops, TokenBatch.Of([s_document]), SitePlan.None.Record(site), logits: LogitsAt.None)[site];
        double[][] tokens = [.. value.ToArray().Select(x => (double)x).Chunk(value.Size(-1))];
        return [.. Enumerable.Range(0, value.Size(-1)).Select(k => fold(tokens.Select(token => token[k])))];
    }

    private static double Sizes(IEnumerable<double> values) => values.Sum(Math.Abs);

    private static void Compare(double[] scores, double[] expected)
    {
        scores.Length.ShouldBe(expected.Length);
        SwitchedOff.Distance(scores, expected).ShouldBeLessThan(Tolerance);
    }

    private void OthersStay(ReleasedOddities oddities, params NeuronMatrix[] touched)
    {
        foreach (NeuronMatrix matrix in Enum.GetValues<NeuronMatrix>().Except(touched))
        {
            Scores(oddities, matrix).ShouldBe(Scores(ReleasedOddities.None, matrix));
        }
    }
}
