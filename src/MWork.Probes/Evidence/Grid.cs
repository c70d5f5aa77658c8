namespace MWork.Probes.Evidence;

/// <summary>A table of numbers for the report's pictures, such as language ablated × language tested. It has no vote.</summary>
/// <param name="Name">E.g. "drop by language ablated and tested".</param>
/// <param name="Unit">Of the values.</param>
/// <param name="Rows">What the rows are, e.g. codes of the languages whose neurons are off.</param>
/// <param name="Columns">What the columns are.</param>
/// <param name="Values">[row][column]; NaN where there is none.</param>
public sealed record Grid(
    string Name, string Unit, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<double>> Values);
