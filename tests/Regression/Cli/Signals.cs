namespace MWork.Regression.Cli;

/// <summary>Whether a signal reaches the processes that tests start.</summary>
internal static class Signals
{
    public const int Interrupt = 2;

    public const int Terminate = 15;

    /// <summary>Why a test of a signal cannot be run.</summary>
    public const string Ignored = "A job that a shell started in the background ignores the signal, and so does what it starts.";

    public static bool AreIgnored(int signal)
    {
        const string Status = "/proc/self/status";
        const string Mask = "SigIgn:";
        string? ignored = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Mask, StringComparison.Ordinal)) : null;
        return ignored is not null && ((Convert.ToUInt64(ignored[Mask.Length..].Trim(), 16) >> (signal - 1)) & 1) == 1;
    }
}
