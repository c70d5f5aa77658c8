using MWork.Probes.Interventions;
using MWork.Probes.Tensors;

namespace MWork.Probes.Models.Parity;

public sealed partial class CheckpointParity
{
    private const int ImportanceLayer = 1;

    private void CompareImportances()
    {
        Compare("ffn_importance_bruteforce_layer1", Sites.FfnActivationName, "ffn.down");
        Compare("q_importance_bruteforce_layer1", Sites.QueryName, Sites.ProbsName);
        Compare("k_importance_bruteforce_layer1", Sites.KeyName, Sites.ProbsName);
        Compare("v_importance_bruteforce_layer1", Sites.ValueName, "attention.o");
        Compare("o_importance_bruteforce_layer1", Sites.MixName, "attention.o");
    }

    // Switches coordinates of one site off, one at a time, and takes the norm of what that changes: at a site, or behind a projection
    // (whose sites stand after a norm in families that have one there).
    private void Compare(string name, string off, string seen)
    {
        if (!Has(name))
        {
            return;
        }

        bool behindProjection = seen is "ffn.down" or "attention.o";
        string read = seen switch
        {
            "ffn.down" => Sites.FfnActivationName,
            "attention.o" => Sites.MixName,
            _ => seen,
        };
        SitePlan record = SitePlan.None.Record(Sites.At(ImportanceLayer, read));
        float[] importance = new float[Shape(name)[0]];
        using var scope = new TensorScope();
        Tensor clean = Read(record);
        for (int k = 0; k < importance.Length; k++)
        {
            using var inner = new TensorScope();
            Tensor edited = Read(record.Zero(Sites.At(ImportanceLayer, off), [k]));
            Tensor change = _ops.Sub(edited, clean);
            importance[k] = (float)Math.Sqrt(_ops.Sum(_ops.Mul(change, change)).Item());
        }

        Compare(name, importance, relative: true);

        Tensor Read(SitePlan plan)
        {
            Tensor value = _decoder.Forward(_ops, Batch("input_ids"), plan, logits: LogitsAt.None)[Sites.At(ImportanceLayer, read)];
            return behindProjection
                ? _ops.Linear(value, _decoder.Weights[WeightNames.Block(ImportanceLayer, $"{seen}.weight")])
                : value;
        }
    }
}
