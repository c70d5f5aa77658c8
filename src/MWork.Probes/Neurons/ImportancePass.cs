using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Probes.Neurons;

/// <summary>
/// The importance of every neuron in each document of a batch, in one forward pass that looks at a layer at a time: nothing of a
/// layer is kept but the importances. A document's numbers are the same bits in whatever batch it stands.
/// </summary>
internal sealed class ImportancePass
{
    private readonly LanguageModel _model;
    private readonly PlndOptions _options;
    private readonly OutputNorms[] _norms;
    private readonly QueryKeyImportance _queryKey;

    public ImportancePass(LanguageModel model, PlndOptions options)
    {
        _model = model;
        _options = options;
        _norms = [.. Enumerable.Range(0, Config.Layers).Select(layer => OutputNorms.Of(model.Decoder, layer))];
        _queryKey = new QueryKeyImportance(model.Decoder, options);
        Layout = NeuronShape.Of(Config).Measured(options);
    }

    /// <summary>Where each neuron's importance stands.</summary>
    public NeuronLayout Layout { get; }

    private ModelConfig Config => _model.Decoder.Config;

    private ReleasedOddities Oddities => _options.Oddities;

    /// <summary>Importances [document][place].</summary>
    public float[][] Measure(IReadOnlyList<int[]> documents)
    {
        float[][] importances = [.. documents.Select(_ => new float[Layout.Count])];
        using var scope = new TensorScope();
        var batch = new DocumentBatch(_model, TokenBatch.Of(documents));
        SitePlan plan = SitePlan.None;
        for (int layer = 0; layer < Config.Layers; layer++)
        {
            plan = Observe(plan, layer, batch, importances);
        }

        _model.Decoder.Forward(_model.Ops, batch.Tokens, plan, logits: LogitsAt.None);
        return importances;
    }

    private SitePlan Observe(SitePlan plan, int layer, DocumentBatch batch, float[][] importances)
    {
        if (Wants(NeuronMatrix.Ffn))
        {
            string site = Oddities.UngatedFfnScore ? Sites.FfnUp(layer) : Sites.FfnActivation(layer);
            double[]? norms = Oddities.UngatedFfnScore ? null : _norms[layer].Ffn;
            plan = plan.Observe(site, (_, value) => Write(
                layer, NeuronMatrix.Ffn, batch.OverTokens(value, Oddities.SumOverTokens), norms));
        }

        if (Wants(NeuronMatrix.Value) || Wants(NeuronMatrix.Output))
        {
            plan = plan.Observe(Sites.Mix(layer), (_, mix) => ReadMix(layer, mix));
        }

        if (Wants(NeuronMatrix.Query) || Wants(NeuronMatrix.Key))
        {
            Tensor? query = null;
            plan = plan.Observe(Sites.Query(layer), (_, value) => query = value)
                .Observe(Sites.Key(layer), (ops, key) => ReadQueryKey(ops, layer, query!, key));
        }

        return plan;

        void ReadMix(int at, Tensor mix)
        {
            bool plain = Oddities.ValueOutputWithoutOutputNorm;
            float[] output = batch.OverTokens(mix, Oddities.SumOverTokens);
            Write(at, NeuronMatrix.Output, output, plain ? null : _norms[at].Output);
            if (Wants(NeuronMatrix.Value))
            {
                float[] value = plain ? output : batch.OverTokens(
                    batch.ValueEffects(mix, _norms[at].ValueFactors), Oddities.SumOverTokens);
                Write(at, NeuronMatrix.Value, value, norms: null);
            }
        }

        void ReadQueryKey(ITensorOps ops, int at, Tensor query, Tensor key)
        {
            for (int row = 0; row < batch.Tokens.Rows; row++)
            {
                using var scope = new TensorScope();
                (double[] q, double[] k) =
                    _queryKey.Squares(ops, at, batch.Document(query, row), batch.Document(key, row), batch.Positions(row));
                Set(importances[row], at, NeuronMatrix.Query, i => Score(q[i]));
                Set(importances[row], at, NeuronMatrix.Key, i => Score(Oddities.EqualQueryKeyScores ? q[i] : k[i]));
            }
        }

        double Score(double square) => Oddities.SumOverTokens ? square : Math.Sqrt(square);

        // values is [B, n]: norms over tokens, or sums, times what a unit weighs.
        void Write(int at, NeuronMatrix matrix, float[] values, double[]? norms)
        {
            int width = values.Length / importances.Length;
            for (int row = 0; row < importances.Length; row++)
            {
                int from = row * width;
                Set(importances[row], at, matrix, i => values[from + i] * (norms is null ? 1 : norms[i]));
            }
        }
    }

    private void Set(float[] importances, int layer, NeuronMatrix matrix, Func<int, double> value)
    {
        int offset = Layout.Offset(layer, matrix);
        for (int i = 0; i < Layout.Size(matrix); i++)
        {
            importances[offset + i] = (float)value(i);
        }
    }

    private bool Wants(NeuronMatrix matrix) => Layout.Size(matrix) > 0;
}
