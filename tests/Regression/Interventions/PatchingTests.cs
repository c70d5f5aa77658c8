using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Tasks;
using MWork.Probes.Tensors;
using MWork.Probes.Text;
using MWork.Regression.Models;
using Shouldly;

namespace MWork.Regression.Interventions;

public sealed class PatchingTests : IDisposable
{
    private static readonly int[][] s_rows = [[1, 5, 9, 30, 2], [7, 7, 3], [4, 0, 11, 12, 13, 14, 15]];
    private static readonly int[][] s_donors = [[8, 20], [21, 22, 23, 24, 25, 26], [3, 5, 4, 3, 2, 1, 0]];
    private static readonly NeuronSet s_neurons =
        new(Enum.GetValues<NeuronMatrix>().SelectMany(matrix => (Neuron[])[new(0, matrix, 3), new(2, matrix, 5)]));

    private readonly LanguageModel _model = TinyPrompts.Model();
    private readonly PromptBatch _batch = new(0, TokenBatch.Of(s_rows));
    private readonly TensorScope _scope = new();

    [Fact]
    public void A_run_that_takes_over_its_own_values_keeps_every_bit()
    {
        float[] clean = Run(SitePlan.None).Logits.ToArray();
        foreach (Patch patch in (Patch[])[Patch.Residual(1), Patch.Residual(0, [0, 1]), Patch.Head(TinyModel.Config, 2, 1), .. Patch.Neurons(s_neurons)])
        {
            Run(Patching.From(_model, s_rows, patch)(_batch)).Logits.ToArray().ShouldBe(clean, patch.Site);
        }
    }

    [Fact]
    public void The_last_position_s_residual_is_the_donor_s_and_the_rest_stays()
    {
        string site = Sites.ResidPost(1);
        float[][] patched = Positions(Run(Patching.From(_model, s_donors, Patch.Residual(1, [0]))(_batch).Record(site))[site]);
        float[][] clean = Positions(Run(SitePlan.None.Record(site))[site]);
        for (int row = 0; row < s_rows.Length; row++)
        {
            patched[Last(row)].ShouldBe(OfDonor(row, site)[^1]);
            patched[(row * 7)..Last(row)].ShouldBe(clean[(row * 7)..Last(row)]);
        }
    }

    [Fact]
    public void Prompts_of_different_lengths_are_aligned_from_the_end()
    {
        string site = Sites.ResidPost(0);
        float[][] patched = Positions(Run(Patching.From(_model, s_donors, Patch.Residual(0))(_batch).Record(site))[site]);
        for (int row = 0; row < s_rows.Length; row++)
        {
            float[][] donor = OfDonor(row, site);
            for (int back = 0; back < s_rows[row].Length; back++)
            {
                // What a shorter donor does not have comes from its first token.
                patched[Last(row) - back].ShouldBe(donor[Math.Max(0, donor.Length - 1 - back)], $"row {row}, {back} from the end");
            }
        }
    }

    [Fact]
    public void With_the_donor_s_residual_everywhere_the_answer_is_the_donor_s()
    {
        // Rows and donors of one length each; with rotary positions counted from the start, alignment would shift others.
        PromptBatch batch = new(0, TokenBatch.Of([[1, 2, 3], [4, 5, 6]]));
        int[][] donors = [[9, 8, 7], [12, 11, 10]];
        SitePlan plan = Patching.From(_model, donors, Patch.Residual(1))(batch);
        float[] patched = _model.Decoder.Forward(_model.Ops, batch.Tokens, plan, logits: LogitsAt.Last).Logits.ToArray();
        patched.ShouldBe(_model.Decoder.Forward(_model.Ops, TokenBatch.Of(donors), logits: LogitsAt.Last).Logits.ToArray());
    }

    [Fact]
    public void A_patched_head_leaves_the_other_heads_alone()
    {
        string site = Sites.Mix(0);
        float[][] patched = Positions(Run(Patching.From(_model, s_donors, Patch.Head(TinyModel.Config, 0, 1, [0]))(_batch).Record(site))[site]);
        float[][] clean = Positions(Run(SitePlan.None.Record(site))[site]);
        for (int row = 0; row < s_rows.Length; row++)
        {
            // Heads of size 6: the second one is 6 to 11.
            patched[Last(row)][6..12].ShouldBe(OfDonor(row, site)[^1][6..12]);
            patched[Last(row)][..6].ShouldBe(clean[Last(row)][..6]);
            patched[Last(row)][12..].ShouldBe(clean[Last(row)][12..]);
        }
    }

    [Fact]
    public void Resampled_neurons_take_the_values_of_the_prompt_that_was_drawn()
    {
        int[] drawn = Patching.Others(3, new CounterRandom(5));
        float[] resampled = Run(Patching.Resample(_model, s_rows, s_neurons, new CounterRandom(5))(_batch)).Logits.ToArray();
        Run(Patching.From(_model, [.. drawn.Select(donor => s_rows[donor])], Patch.Neurons(s_neurons))(_batch)).Logits.ToArray().ShouldBe(resampled);
        resampled.ShouldNotBe(Run(SitePlan.None).Logits.ToArray());
    }

    [Fact]
    public void Batches_find_their_own_donors()
    {
        Prompt[] prompts = TinyPrompts.Draw(PromptBatch.DefaultRows + 3);
        int[][] donors = [.. TinyPrompts.Draw(prompts.Length, seed: 2).Select(prompt => _model.Tokenizer.Encode(prompt.Text))];
        CandidateScore[] together = CandidateScores.Measure(_model, prompts, Patching.From(_model, donors, Patch.Residual(0, [0])));
        CandidateScore last = CandidateScores.Measure(_model, prompts[^1..], Patching.From(_model, donors[^1..], Patch.Residual(0, [0]))).Single();
        together[^1].ShouldBe(last);
        together.ShouldNotBe(CandidateScores.Measure(_model, prompts));
    }

    [Fact]
    public void What_cannot_be_patched_is_refused()
    {
        Should.Throw<ArgumentException>(() => Plan(new Patch(Sites.Probs(0)))).Message.ShouldContain("attention.probs");
        Should.Throw<ArgumentException>(() => Plan(new Patch(Sites.Logits))).Message.ShouldContain("logits");
        Should.Throw<ArgumentException>(() => Plan(new Patch(Sites.Embed) { Entries = [24] }));
        Should.Throw<ArgumentException>(() => Patch.Head(TinyModel.Config, 0, 4));
        Should.Throw<ArgumentException>(() => Run(Plan(Patch.Residual(0, [3])))).Message.ShouldBe("A prompt of 3 tokens has no position 3 from its end. (Parameter 'fromEnd')");

        SitePlan Plan(Patch patch) => Patching.From(_model, s_donors, patch)(_batch);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _model.Dispose();
    }

    private ForwardPass Run(SitePlan plan) => _model.Decoder.Forward(_model.Ops, _batch.Tokens, plan, logits: LogitsAt.Last);

    private static int Last(int row) => (row * 7) + s_rows[row].Length - 1;

    private float[][] OfDonor(int row, string site) =>
        Positions(_model.Decoder.Forward(_model.Ops, TokenBatch.Of([s_donors[row]]), SitePlan.None.Record(site))[site]);

    private static float[][] Positions(Tensor value) => [.. value.ToArray().Chunk(value.Size(-1))];
}
