namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>A fact as training told it: asked in one language, answered in the same or, code-switched, in another.</summary>
/// <param name="Fact">The id of the fact.</param>
/// <param name="AskedIn">Language code.</param>
/// <param name="AnsweredIn">Language code.</param>
public readonly record struct Exposure(string Fact, string AskedIn, string AnsweredIn);
