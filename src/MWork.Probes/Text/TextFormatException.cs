namespace MWork.Probes.Text;

/// <summary>A file of text or tasks that cannot be read; the message is one sentence with file, line, problem and way out.</summary>
public sealed class TextFormatException(string message, Exception? inner = null) : Exception(message, inner);
