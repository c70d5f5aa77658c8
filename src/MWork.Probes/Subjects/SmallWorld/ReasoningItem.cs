namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>A question whose answer follows from the meaning of two number words.</summary>
/// <param name="Kind"><c>sum</c>, <c>larger</c> or <c>smaller</c>.</param>
/// <param name="Use">By the unordered pair, so that <c>three and five</c> tests nothing that <c>five and three</c>
/// taught.</param>
public sealed record ReasoningItem(string Kind, Concept X, Concept Y, Concept Answer, Use Use)
{
    public static readonly IReadOnlyList<string> Kinds = ["sum", "larger", "smaller"];

    public string Id => $"{Kind}/{X.Id}/{Y.Id}";

    public override string ToString() => Id;
}
