namespace MWork.Probes.Evidence;

/// <summary>The claims by id, with the trait value of their family: what a subject may state expectations for.</summary>
public static class KnownClaims
{
    private static readonly (string Id, string Family)[] s_all =
    [
        ("C1", "Conversion"), ("C2", "Conversion"), ("C3", "Conversion"),
        ("T1", "StableFfn"),
        ("T2", "Ablation"), ("T3", "Ablation"),
        ("S1", "ThinkingSeparation"), ("S2", "ThinkingSeparation"),
        ("G1", "Translation"), ("G2", "Translation"), ("G3", "Translation"),
        ("K1", "KnowledgeLocalization"), ("K2", "KnowledgeLocalization"), ("K3", "KnowledgeLocalization"), ("K4", "KnowledgeLocalization"),
        ("E1", "Enhancement"),
        ("P1", "Ease"),
        ("Q1", "Consistency"),
    ];

    /// <summary>Every id, in the order of <c>docs/claims.md</c>.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. s_all.Select(claim => claim.Id)];

    /// <summary>The family of a claim, or null when there is no such claim.</summary>
    public static string? FamilyOf(string id) => s_all.FirstOrDefault(claim => claim.Id == id).Family;
}
