using System.Text;
using MWork.Probes.Text;

namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>A TSV file with a header line and <c>#</c> comments, whose errors know their line and column.</summary>
internal sealed class WorldTable
{
    private readonly string[] _columns;

    private WorldTable(string file, string hash, string[] columns, List<Row> rows)
    {
        File = file;
        Hash = hash;
        _columns = columns;
        Rows = rows;
    }

    public string File { get; }

    public string Hash { get; }

    public List<Row> Rows { get; }

    public static WorldTable Read(string directory, string file, IEnumerable<string> columns)
    {
        string path = Path.Combine(directory, file);
        string[] lines;
        try
        {
            lines = System.IO.File.ReadAllLines(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (IOException error)
        {
            throw new WorldFormatException(
                $"{file} cannot be read from '{directory}'; give the directory that holds the world's TSV files.", error);
        }
        catch (DecoderFallbackException error)
        {
            throw new WorldFormatException($"{file} is not UTF-8; save it in that encoding.", error);
        }

        string[]? header = null;
        var rows = new List<Row>();
        var table = default(WorldTable);
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || lines[i][0] == '#')
            {
                continue;
            }

            string[] cells = lines[i].Split('\t');
            if (header is null)
            {
                header = cells;
                RequireColumns(file, i + 1, header, columns);
                table = new WorldTable(file, ContentHash.Of(string.Join('\n', lines)), header, rows);
                continue;
            }

            if (cells.Length != header.Length)
            {
                throw new WorldFormatException(
                    file, i + 1, "row", $"{cells.Length} cells stand under {header.Length} columns; separate cells by one tab and write '-' for an empty one");
            }

            rows.Add(new Row(table!, i + 1, cells));
        }

        return table ?? throw new WorldFormatException(
            $"{file} has no header line; start it with {string.Join(", ", columns)}, separated by tabs.");
    }

    private static void RequireColumns(string file, int line, string[] header, IEnumerable<string> columns)
    {
        foreach (string column in columns)
        {
            if (!header.Contains(column, StringComparer.Ordinal))
            {
                throw new WorldFormatException(
                    file, line, "header", $"the column '{column}' is missing; add it to the header and to every row");
            }
        }
    }

    /// <summary>One line, read by column name.</summary>
    internal sealed class Row(WorldTable table, int line, string[] cells)
    {
        public const string Empty = "-";

        public int Line => line;

        public string this[string column] => cells[Array.IndexOf(table._columns, column)];

        /// <summary>The cell, or null where it says that there is nothing.</summary>
        public string? Optional(string column) => this[column] == Empty ? null : this[column];

        public WorldFormatException Error(string column, string problem) => new(table.File, line, column, problem);
    }
}
