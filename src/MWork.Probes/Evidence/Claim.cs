namespace MWork.Probes.Evidence;

/// <summary>What is claimed, as it stood before the run.</summary>
/// <param name="Id">E.g. "C1"; letters, digits, dot, dash and underscore, since it names a folder.</param>
/// <param name="Family">The trait value of its test file, e.g. "Conversion".</param>
/// <param name="Sentence">The claim in words.</param>
/// <param name="Source">Paper and section.</param>
/// <param name="Criteria">All of which must hold.</param>
public sealed record Claim(string Id, string Family, string Sentence, string Source, IReadOnlyList<Criterion> Criteria);
