using System.Runtime.InteropServices;

namespace MWork.Cli;

/// <summary>
/// Ctrl-C and termination as a cancellation. Commands that write look at it between steps and put their files in place whole, so
/// that an interrupted command leaves nothing half-written.
/// </summary>
internal sealed class Interruption : IDisposable
{
    // Time for a step in progress to end. What does not look at the token only reads, and can be left behind.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;

    public Interruption() => _signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel),
    ];

    /// <summary>Runs a command on a thread of its own and gives up waiting for it some seconds after the signal.</summary>
    public async Task<int> RunAsync(Func<CancellationToken, int> command)
    {
        Task<int> running = Task.Run(() => command(_source.Token));
        var signalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = _source.Token.Register(signalled.SetResult);
        await Task.WhenAny(running, signalled.Task);
        await Task.WhenAny(running, Task.Delay(running.IsCompleted ? TimeSpan.Zero : s_patience));
        return running.IsCompleted ? await running : ExitCodes.Interrupted;
    }

    public void Dispose()
    {
        Array.ForEach(_signals, signal => signal.Dispose());
        _source.Dispose();
    }

    private void Cancel(PosixSignalContext context)
    {
        // The second signal ends the process at once, as without this handler.
        context.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
