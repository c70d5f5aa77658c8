using System.CommandLine;
using System.CommandLine.Parsing;

namespace MWork.Cli.Commands;

/// <summary>The command line.</summary>
internal static class Root
{
    public static RootCommand Create(Terminal terminal) => new("Train, look into and test multilingual language models.")
    {
        AblateCommand.Create(terminal),
        AttributeCommand.Create(terminal),
        DetectCommand.Create(terminal),
        DigestCommand.Create(terminal),
        DoctorCommand.Create(terminal),
        EvaluateCommand.Create(terminal),
        GenerateCommand.Create(terminal),
        LensCommand.Create(terminal),
        MergeCommand.Create(terminal),
        NewCommand.Create(terminal),
        PatchCommand.Create(terminal),
        ReportCommand.Create(terminal),
        SubjectCommand.Create(terminal),
        TrainCommand.Create(terminal),
        VerifyCommand.Create(terminal),
    };

    /// <summary>Runs one command line. Whatever goes wrong ends as one sentence on the error stream and a code of
    /// <see cref="ExitCodes"/>.</summary>
    public static int Run(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellation = default)
    {
        try
        {
            // A text may begin with @, which would otherwise name a file of arguments.
            ParseResult parsed = Create(terminal).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0)
            {
                // Some complaints are lists.
                string complaint = string.Join(' ', Complaint(parsed).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
                terminal.Error.WriteLine($"mwork: {complaint.TrimEnd('.')}; see {Name(parsed)} --help.");
                return ExitCodes.BadInput;
            }

            // Signals and exceptions are handled here, so that they end alike for every command.
            return parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = terminal.Output,
                    Error = terminal.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                },
                cancellation).GetAwaiter().GetResult();
        }
        catch (Exception error) when (!Failure.IsDebugged)
        {
            terminal.Error.WriteLine($"mwork: {Failure.Sentence(error)}");
            return Failure.ExitCode(error);
        }
    }

    // A misspelled command also counts as none given; what was misspelled says more.
    private static string Complaint(ParseResult parsed) => parsed.CommandResult.Parent is null && parsed.UnmatchedTokens is [var unknown, ..]
        ? $"There is no command '{unknown}'"
        : parsed.Errors[0].Message;

    // mwork new hypothesis: the command and those around it.
    private static string Name(ParseResult parsed)
    {
        string name = "";
        for (CommandResult? command = parsed.CommandResult; command.Parent is CommandResult outer; command = outer)
        {
            name = $" {command.Command.Name}{name}";
        }

        return "mwork" + name;
    }
}
