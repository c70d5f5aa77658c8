namespace MWork.Regression.Snapshots;

/// <summary>A small table as aligned text under a title, which can be read back, so that a change is told cell by cell. Two blanks part the columns.</summary>
/// <param name="Columns">Heads; the first stands over the names of the rows.</param>
internal sealed record TextTable(string Title, IReadOnlyList<string> Columns)
{
    private const string Gap = "  ";

    private readonly List<IReadOnlyList<string>> _rows = [];

    public void Add(string row, params IEnumerable<string> cells) => _rows.Add([row, .. cells]);

    public override string ToString()
    {
        IReadOnlyList<string>[] all = [Columns, .. _rows];
        int[] widths = [.. Columns.Select((_, i) => all.Max(row => row[i].Length))];
        return $"{Title}\n\n{string.Join('\n', all.Select(row => string.Join(Gap, row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()))}";
    }

    /// <summary>Reads back what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">A row has more or fewer cells than the table has columns.</exception>
    public static TextTable Parse(string text)
    {
        string[] lines = [.. text.ReplaceLineEndings("\n").Split('\n').Where(line => line.Length > 0)];
        string[][] rows = [.. lines.Skip(1).Select(line => line.Split(Gap, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        if (rows.Length == 0 || rows.FirstOrDefault(row => row.Length != rows[0].Length) is { } odd)
            throw new FormatException($"'{text}' is no table.");

        var table = new TextTable(lines[0], rows[0]);
        table._rows.AddRange(rows.Skip(1));
        return table;
    }

    /// <summary>What happened between two tables, in words: <c>fr, layer 4: both was 20, is 18.</c></summary>
    /// <exception cref="FormatException">One of them is no table.</exception>
    public static string Changes(string accepted, string received) => Changes(accepted, received, cell => cell);

    /// <param name="word">What a cell stands for.</param>
    /// <inheritdoc cref="Changes(string, string)"/>
    public static string Changes(string accepted, string received, Func<string, string> word)
    {
        TextTable before = Parse(accepted);
        TextTable after = Parse(received);
        var lines = new List<string>();
        if (before.Title != after.Title)
            lines.Add($"The title was \"{before.Title}\" and is \"{after.Title}\".");
        lines.AddRange(after.Columns.Except(before.Columns).Select(column => $"The column {column} is new."));
        lines.AddRange(before.Columns.Except(after.Columns).Select(column => $"The column {column} is gone."));
        lines.AddRange(after.Names.Except(before.Names).Select(row => $"The row {row} is new."));
        lines.AddRange(before.Names.Except(after.Names).Select(row => $"The row {row} is gone."));
        foreach (string row in before.Names.Intersect(after.Names))
        {
            string[] moved =
            [
                .. before.Columns.Intersect(after.Columns).Where(column => before[row, column] != after[row, column])
                    .Select(column => $"{column} was {word(before[row, column])}, is {word(after[row, column])}"),
            ];
            if (moved.Length > 0)
                lines.Add($"{row}: {string.Join("; ", moved)}.");
        }

        return lines.Count > 0 ? string.Join('\n', lines) : "No cell changed; only the layout of the file did.";
    }

    private IEnumerable<string> Names => _rows.Select(row => row[0]);

    private string this[string row, string column] => _rows.First(cells => cells[0] == row)[Columns.ToList().IndexOf(column)];
}
