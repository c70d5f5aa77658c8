namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>What can be asked about an entity.</summary>
/// <param name="Id">Its name, e.g. <c>home</c>.</param>
/// <param name="EntityCategories">The categories it applies to.</param>
/// <param name="AnswerCategory">The category of its answers.</param>
/// <param name="Answers">Every concept of that category, in file order: the candidates.</param>
public sealed record Relation(
    string Id, IReadOnlyList<string> EntityCategories, string AnswerCategory, IReadOnlyList<Concept> Answers)
{
    public override string ToString() => Id;
}
