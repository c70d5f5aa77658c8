using System.Globalization;
using System.Text.Json;
using MWork.Probes.Interventions;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Models.Families;
using MWork.Probes.Tensors;

namespace MWork.Probes.Models.Parity;

/// <summary>
/// Holds a checkpoint against reference values that lie beside it in <c>expected.safetensors</c>, whatever of them there is: logits,
/// residuals, attention, activations, ragged batches, greedy continuation, ablation, brute-force importances, gradients.
/// <c>docs/verify.md</c> lists the tensors and shows how to make such a file.
/// </summary>
public sealed partial class CheckpointParity
{
    /// <summary>For values of the forward pass, absolute: float32 with sums in another order.</summary>
    public const double AbsoluteTolerance = 2e-4;

    /// <summary>For norms, gradients and importances, relative to the largest reference value.</summary>
    public const double RelativeTolerance = 1e-3;

    /// <summary>The file of reference values.</summary>
    public const string FileName = "expected.safetensors";

    private readonly ITensorOps _ops;
    private readonly Decoder _decoder;
    private readonly IModelFamily _family;
    private readonly SafetensorsFile _expected;
    private readonly List<ParityRow> _rows = [];

    private CheckpointParity(ITensorOps ops, Decoder decoder, SafetensorsFile expected)
    {
        _ops = ops;
        _decoder = decoder;
        _family = ModelFamilies.Named(decoder.Config.Family);
        _expected = expected;
    }

    private ModelConfig Config => _decoder.Config;

    /// <summary>Compares everything that the directory has reference values for.</summary>
    /// <exception cref="CheckpointException">The model, or the file of reference values, cannot be read.</exception>
    public static IReadOnlyList<ParityRow> Run(
        string directory, ITensorOps ops, IProgress<LoadProgress>? progress = null, WeightPrecision? precision = null)
    {
        string path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            throw new CheckpointException($"{path}: there is no such file; docs/verify.md says how to make one for a model of yours.");
        }

        using SafetensorsFile expected = SafetensorsFile.Open(path);
        (Decoder decoder, _) = ModelDirectory.LoadDecoder(directory, ops, progress, precision);
        try
        {
            return new CheckpointParity(ops, decoder, expected).Run();
        }
        finally
        {
            decoder.Weights.Dispose();
        }
    }

    private IReadOnlyList<ParityRow> Run()
    {
        ComparePlainBatch();
        CompareRaggedBatch();
        CompareGreedy();
        CompareAblation();
        CompareImportances();
        CompareNeuronGradients();
        CompareWeightGradients();
        return _rows.Count > 0
            ? _rows
            : throw new CheckpointException($"{_expected.Path}: holds none of the tensors that docs/verify.md names.");
    }

    private void ComparePlainBatch()
    {
        if (!Has("input_ids"))
        {
            return;
        }

        using var scope = new TensorScope();
        int[] layers = Enumerable.Range(0, Config.Layers).ToArray();
        SitePlan plan = SitePlan.None;
        plan = Has("residual_after_block") ? plan.Record(layers.Select(Sites.ResidPost)) : plan;
        plan = Has("attention_probs") ? plan.Record(layers.Select(Sites.Probs)) : plan;
        plan = Has("attention_mix") ? plan.Record(layers.Select(Sites.Mix)) : plan;
        plan = Has("ffn_activation") ? plan.Record(layers.Select(Sites.FfnActivation)) : plan;
        ForwardPass pass = _decoder.Forward(_ops, Batch("input_ids"), plan);
        Compare("logits", pass.Logits.ToArray());
        Stack("residual_after_block", Sites.ResidPost);
        Stack("attention_probs", Sites.Probs);
        Stack("attention_mix", Sites.Mix);
        Stack("ffn_activation", Sites.FfnActivation);

        void Stack(string name, Func<int, string> site)
        {
            if (Has(name))
            {
                Compare(name, layers.SelectMany(layer => pass[site(layer)].ToArray()).ToArray());
            }
        }
    }

    private void CompareRaggedBatch()
    {
        if (!Has("ragged_ids"))
        {
            return;
        }

        using var scope = new TensorScope();
        long[] mask = _expected.ReadInt64("ragged_mask");
        int[][] rows = Rows("ragged_ids");
        int width = rows[0].Length;
        TokenBatch batch = TokenBatch.Of(rows
            .Select((row, r) => row[..(int)mask.AsSpan(r * width, width).ToArray().Sum()]).ToArray());
        float[] logits = _decoder.Forward(_ops, batch).Logits.ToArray();
        for (int i = 0; i < logits.Length; i++)
        {
            int position = i / Config.VocabularySize;
            logits[i] = position % batch.Width < batch.Lengths[position / batch.Width] ? logits[i] : 0;
        }

        Compare("ragged_logits", logits);
    }

    private void CompareGreedy()
    {
        if (!Has("greedy_ids"))
        {
            return;
        }

        int[] wanted = Rows("greedy_ids")[0];
        int prompt = Shape("input_ids")[1];
        int[] given = [.. wanted[..prompt]];
        using (var cache = new KeyValueCache(_ops, Config, 1, wanted.Length))
        {
            int[] next = given;
            while (given.Length < wanted.Length)
            {
                using var scope = new TensorScope();
                next = _ops.Argmax(_decoder.Forward(_ops, TokenBatch.Of([next]), cache: cache, logits: LogitsAt.Last).Logits);
                given = [.. given, .. next];
            }
        }

        int wrong = given.Zip(wanted).Count(pair => pair.First != pair.Second);
        _rows.Add(new ParityRow("greedy_ids (with cache), tokens that differ", wrong, 0, Relative: false));
    }

    private void CompareAblation()
    {
        if (!Has("ffn_off_logits"))
        {
            return;
        }

        using var scope = new TensorScope();
        SitePlan plan = SitePlan.None;
        Dictionary<string, int[]> off = JsonSerializer.Deserialize<Dictionary<string, int[]>>(_expected.Metadata["ffn_off"])!;
        foreach ((string layer, int[] neurons) in off)
        {
            plan = plan.Zero(Sites.FfnActivation(int.Parse(layer, CultureInfo.InvariantCulture)), neurons);
        }

        Compare("ffn_off_logits", _decoder.Forward(_ops, Batch("input_ids"), plan).Logits.ToArray());
    }

    private void Compare(string name, float[] given, bool relative = false)
    {
        float[] wanted = _expected.ReadFloat32(name);
        if (wanted.Length != given.Length)
        {
            throw new CheckpointException(
                $"{_expected.Path}: tensor '{name}' has {wanted.Length} elements, but this model gives {given.Length}.");
        }

        double largest = 0;
        double difference = 0;
        for (int i = 0; i < wanted.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs((double)wanted[i]));
            difference = Math.Max(difference, Math.Abs((double)wanted[i] - given[i]));
        }

        _rows.Add(relative
            ? new ParityRow(name, difference / Math.Max(largest, 1e-12), RelativeTolerance, Relative: true)
            : new ParityRow(name, difference, AbsoluteTolerance, Relative: false));
    }

    private bool Has(string name) => _expected.Tensors.ContainsKey(name);

    private int[] Shape(string name) => _expected.Tensors[name].Shape.ToArray();

    private TokenBatch Batch(string name) => TokenBatch.Of(Rows(name));

    private int[][] Rows(string name) =>
        _expected.ReadInt64(name).Select(id => (int)id).Chunk(Shape(name)[^1]).ToArray();
}
