using System.Text;

namespace MWork.Probes.Text;

/// <summary>The cells of a line of tab-separated values.</summary>
internal static class TsvCells
{
    /// <summary>As it stands: a quotation mark is a quotation mark. MGSM is published so.</summary>
    public static string[] Plain(string line) => line.Split('\t');

    /// <summary>As spreadsheets write it: a cell that begins with a quotation mark ends with one, and two within stand for one.
    /// BMLAMA is published so (Hebrew abbreviations hold the mark).</summary>
    /// <exception cref="MalformedRowException">A cell opens a quotation and does not close it at its end.</exception>
    public static string[] Quoted(string line)
    {
        var cells = new List<string>();
        for (int at = 0; at <= line.Length;)
        {
            int end;
            if (at < line.Length && line[at] == '"')
            {
                (string cell, end) = Unquote(line, at + 1, cells.Count + 1);
                cells.Add(cell);
            }
            else
            {
                end = line.IndexOf('\t', at);
                end = end < 0 ? line.Length : end;
                cells.Add(line[at..end]);
            }

            at = end + 1;
        }

        return [.. cells];
    }

    private static (string Cell, int End) Unquote(string line, int at, int column)
    {
        var cell = new StringBuilder();
        for (; at < line.Length; at++)
        {
            if (line[at] != '"')
            {
                cell.Append(line[at]);
            }
            else if (at + 1 < line.Length && line[at + 1] == '"')
            {
                cell.Append(line[at++]);
            }
            else if (at + 1 == line.Length || line[at + 1] == '\t')
            {
                return (cell.ToString(), at + 1);
            }
            else
            {
                break;
            }
        }

        throw new MalformedRowException($"column {column} opens a quotation that does not end with the cell; double the marks within it");
    }
}
