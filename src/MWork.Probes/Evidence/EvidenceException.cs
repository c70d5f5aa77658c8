namespace MWork.Probes.Evidence;

/// <summary>A file that is not evidence; the message is one sentence that names the file and, where there is one, the field.</summary>
public sealed class EvidenceException(string message, Exception? inner = null) : Exception(message, inner);
