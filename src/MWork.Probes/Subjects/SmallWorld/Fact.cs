namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>An entity, a relation and the one right answer.</summary>
/// <param name="HeldBy"><see cref="Everyone"/>, <see cref="PivotOnly"/>, or the code of the one language that is taught
/// it.</param>
/// <param name="IsTrue">True outside the small world too; otherwise an invented assignment.</param>
/// <param name="Split">Whose prompts may ask it: <see cref="Use.Selection"/> or <see cref="Use.Test"/>. Every fact is
/// taught.</param>
public sealed record Fact(Concept Entity, Relation Relation, Concept Answer, string HeldBy, bool IsTrue, Use Split)
{
    public const string Everyone = "all";

    /// <summary>
    /// The mark of facts that only the pivot is taught. The files say <c>en</c>; under a regime with another pivot these facts
    /// belong to that language, so that every regime has knowledge that reaches the others through the pivot alone.
    /// </summary>
    public const string PivotOnly = "en";

    public string Id => $"{Entity.Id}/{Relation.Id}";

    public bool IsShared => HeldBy == Everyone;

    public bool IsPivotOnly => HeldBy == PivotOnly;

    public override string ToString() => Id;
}
