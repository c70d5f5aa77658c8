namespace MWork.Probes.Evidence;

/// <summary>The shape of a <see cref="Region"/>.</summary>
public enum RegionKind
{
    Above,
    Below,
    Inside,
}
