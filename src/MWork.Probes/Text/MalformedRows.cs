namespace MWork.Probes.Text;

/// <summary>A row that a reader could not use.</summary>
/// <param name="File">The file's path, as it was given.</param>
/// <param name="Line">Counted from 1; for JSON that is no list of lines, the number of the item.</param>
/// <param name="Problem">What is wrong, and what to do.</param>
public sealed record MalformedRow(string File, int Line, string Problem)
{
    public override string ToString() => $"{File}, line {Line}: {Problem}.";
}

/// <summary>
/// What becomes of malformed rows: strict readers stop at the first, lenient ones count them and go on. Rows keep the numbers that they
/// have in the file, so that files of several languages stay aligned when one of them lacks a row. What concerns a file as a whole
/// (its encoding, a missing header, no row at all) stops both.
/// </summary>
public sealed class MalformedRows
{
    private readonly List<MalformedRow> _skipped = [];
    private readonly bool _lenient;

    private MalformedRows(bool lenient) => _lenient = lenient;

    /// <summary>Stops at the first malformed row.</summary>
    public static MalformedRows Strict { get; } = new(lenient: false);

    /// <summary>A list of its own that takes any number of malformed rows.</summary>
    public static MalformedRows Lenient() => new(lenient: true);

    /// <summary>The rows that were left out, in the order of reading.</summary>
    public IReadOnlyList<MalformedRow> Skipped => _skipped;

    /// <exception cref="TextFormatException">Readers are strict.</exception>
    internal void Add(MalformedRow row)
    {
        if (!_lenient)
        {
            throw new TextFormatException(row.ToString());
        }

        _skipped.Add(row);
    }
}

/// <summary>What is wrong with the row that is being read; its reader knows file and line.</summary>
internal sealed class MalformedRowException(string problem) : Exception(problem);
