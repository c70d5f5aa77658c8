namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>The files of a world do not fit together; the message is one sentence that names the place and the way out.</summary>
public sealed class WorldFormatException : Exception
{
    public WorldFormatException(string message)
        : base(message)
    {
    }

    public WorldFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }

    internal WorldFormatException(string file, int line, string column, string problem)
        : base($"{file}, line {line}, {column}: {problem}.")
    {
    }
}
