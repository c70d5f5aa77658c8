using System.Diagnostics;
using MWork.Cli;
using MWork.Cli.Commands;

namespace MWork.Regression.Cli;

/// <summary>What a command line gave.</summary>
internal sealed record CommandOutcome(int Code, string Output, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs <c>mwork</c>, in this process or as one of its own.</summary>
internal static class CommandLine
{
    // The slowest is the digest without vector units, which takes some twenty seconds on an idle machine.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    public static CommandOutcome Run(params string[] args) => Run(CancellationToken.None, args);

    public static CommandOutcome Run(CancellationToken cancellation, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = Root.Run(args, new Terminal(output, error), cancellation);
        return new CommandOutcome(code, output.ToString(), error.ToString());
    }

    /// <summary>Starts a process with nothing set that changes its instruction set but <paramref name="environment"/>.</summary>
    public static Process Start(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        // The runtime that runs the tests, which need not be the one that the shell would find.
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        var start = new ProcessStartInfo(host, [Path.Combine(AppContext.BaseDirectory, "mwork.dll"), .. args])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] inherited = [.. start.Environment.Keys.Where(name => name is "GLIBC_TUNABLES" or "DOTNET_TieredCompilation"
            || name.StartsWith("DOTNET_Enable", StringComparison.OrdinalIgnoreCase))];
        foreach (string name in inherited)
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits for a process and collects what it wrote.</summary>
    /// <exception cref="TimeoutException">It did not end; it was killed.</exception>
    public static async Task<CommandOutcome> Finish(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new CommandOutcome(process.ExitCode, await output, await error);
    }
}
