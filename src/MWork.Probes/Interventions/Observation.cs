using MWork.Probes.Tensors;

namespace MWork.Probes.Interventions;

/// <summary>Reading values as a pass produces them, so that a probe holds one layer at a time and not all of them.</summary>
public static class Observation
{
    /// <summary>The same plan that also shows the value at a site (after edits that are already there) to
    /// <paramref name="read"/>, unchanged. Tensors that the reader makes are disposed when it returns.</summary>
    public static SitePlan Observe(this SitePlan plan, string site, Action<ITensorOps, Tensor> read) =>
        plan.Edit(site, (ops, value) =>
        {
            using var scope = new TensorScope();
            read(ops, value);
            return value;
        });
}
