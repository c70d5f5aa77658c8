namespace MWork.Probes.Subjects;

/// <summary>A subject's file that cannot be used: the message names the file, the field and the way out.</summary>
public sealed class SubjectException(string message, Exception? inner = null) : Exception(message, inner);
