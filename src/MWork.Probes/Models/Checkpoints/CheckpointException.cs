using System.Text;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>
/// A checkpoint, its index or its config cannot be read as it stands. The message is one sentence that names the file, the tensor
/// or field, and a way out.
/// </summary>
public sealed class CheckpointException : Exception
{
    // Names come from the file, so that a corrupt one could otherwise fill the terminal.
    private const int MaxQuotedLength = 120;

    public CheckpointException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>A fault of one file: <c>path: what.</c></summary>
    internal static CheckpointException In(string file, string what, Exception? cause = null) => new($"{file}: {what}.", cause);

    /// <summary>A fault of one tensor: <c>path: tensor 'name' what.</c></summary>
    internal static CheckpointException InTensor(string file, string tensor, string what, Exception? cause = null) =>
        In(file, $"tensor {Quote(tensor)} {what}", cause);

    /// <summary>A name from the file for messages, clipped and without control characters: <c>'model.norm.weight'</c>.</summary>
    internal static string Quote(string name)
    {
        string clipped = name.Length > MaxQuotedLength ? string.Concat(name.AsSpan(0, MaxQuotedLength), "…") : name;
        var text = new StringBuilder(clipped.Length + 2).Append('\'');
        foreach (char c in clipped)
        {
            text.Append(char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c);
        }

        return text.Append('\'').ToString();
    }
}
