namespace MWork.Probes.Interventions;

/// <summary>Switching coordinates of a site off, as part of a plan.</summary>
public static class Ablation
{
    /// <summary>The same plan that also sets the entries of a site's last dimension at <paramref name="indices"/> to zero.</summary>
    public static SitePlan Zero(this SitePlan plan, string site, IReadOnlyList<int> indices) => plan.Edit(site, (ops, value) =>
    {
        float[] keep = new float[value.Size(-1)];
        Array.Fill(keep, 1);
        foreach (int index in indices)
        {
            keep[index] = 0;
        }

        return ops.Mul(value, ops.FromArray(keep, keep.Length));
    });
}
