namespace MWork.Probes.Report;

/// <summary>Pictures of one kind, side by side, with what there is to see in them.</summary>
/// <param name="Aside">Whether they have no vote and may stand folded.</param>
public sealed record Figure(string Heading, string Caption, IReadOnlyList<Picture> Pictures, bool Aside = false);
