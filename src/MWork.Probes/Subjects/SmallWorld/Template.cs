namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>A wording of a question, with slots in braces (a row of <c>templates.tsv</c>).</summary>
/// <param name="Relation">A relation, or a kind of reasoning.</param>
/// <param name="Language">Code of the language; variants in another script share the templates of their base language.</param>
/// <param name="Number">Its number within relation and language, from 1.</param>
/// <param name="Question">The pieces before the answer word.</param>
public sealed record Template(string Relation, string Language, int Number, IReadOnlyList<string> Question)
{
    public string Id => $"{Relation}/{Language}/{Number}";

    public override string ToString() => Id;
}
