using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Tasks;
using MWork.Probes.Text;
using MWork.Regression.Models;
using Shouldly;

namespace MWork.Regression.Interventions;

/// <summary>Whatever is switched off or patched, the weights stay as they are, bit for bit, and the next call runs clean.</summary>
public sealed class InterventionsLeaveNoTraceTests : IDisposable
{
    private static readonly NeuronSet s_neurons =
        new(Enum.GetValues<NeuronMatrix>().SelectMany(matrix => (Neuron[])[new(0, matrix, 3), new(2, matrix, 5)]));

    private readonly LanguageModel _model = TinyPrompts.Model();
    private readonly Prompt[] _prompts = TinyPrompts.Draw(5);

    public static TheoryData<string> Interventions => ["zero", "zero per row", "mean", "resample", "residual", "head", "many sets", "attribution"];

    [Theory, MemberData(nameof(Interventions))]
    public void Weights_and_the_next_call_are_as_before(string intervention)
    {
        int[][] weights = Bits();
        CandidateScore[] clean = CandidateScores.Measure(_model, _prompts);
        CandidateScores.Measure(_model, _prompts, Edit(intervention)).ShouldNotBe(clean);
        CandidateScores.Measure(_model, _prompts).ShouldBe(clean);
        Bits().ShouldBe(weights);
    }

    public void Dispose() => _model.Dispose();

    private Func<PromptBatch, SitePlan> Edit(string intervention)
    {
        int[][] ids = [.. _prompts.Select(prompt => _model.Tokenizer.Encode(prompt.Text))];
        int[][] donors = [.. TinyPrompts.Draw(5, seed: 2).Select(prompt => _model.Tokenizer.Encode(prompt.Text))];
        switch (intervention)
        {
            case "zero":
                return _ => SitePlan.None.Zero(s_neurons);
            case "zero per row":
                return batch => SitePlan.None.Zero([.. Enumerable.Repeat(s_neurons, batch.Tokens.Rows)]);
            case "mean":
                NeuronMeans means = new NeuronMeans(s_neurons).Add(_model, ids);
                return _ => SitePlan.None.Mean(s_neurons, means);
            case "resample":
                return Patching.Resample(_model, ids, s_neurons, new CounterRandom(1));
            case "residual":
                return Patching.From(_model, donors, Patch.Residual(1));
            case "head":
                return Patching.From(_model, donors, Patch.Head(TinyModel.Config, 1, 2));
            case "many sets":
                using (var scores = new AblationScores(_model, _prompts))
                {
                    scores.Off(s_neurons);
                }

                return _ => SitePlan.None.Zero(s_neurons);
            default:
                IntegratedGradients.Measure(_model, ids, [.. ids.Select(_ => 9)], [0, 1, 2]);
                return _ => SitePlan.None.Zero(s_neurons);
        }
    }

    private int[][] Bits() => [.. _model.Decoder.Weights.All.Select(weight =>
        weight.Value.ToArray().Select(BitConverter.SingleToInt32Bits).ToArray())];
}
