namespace MWork.Probes.Text;

/// <summary>A document as a file holds it.</summary>
/// <param name="Language">The code that its file is named by.</param>
/// <param name="Text">Unchanged, with LF for line ends.</param>
/// <param name="Place">File and line, for messages.</param>
public sealed record TextDocument(string Language, string Text, string Place)
{
    /// <summary><see cref="ContentHash"/> of <see cref="Text"/>.</summary>
    public string Hash { get; } = ContentHash.Of(Text);
}
