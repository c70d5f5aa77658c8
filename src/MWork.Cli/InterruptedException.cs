namespace MWork.Cli;

/// <summary>Interrupted, with something to say of what is done.</summary>
internal sealed class InterruptedException(string message) : OperationCanceledException(message);
