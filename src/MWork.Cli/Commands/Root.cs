using System.CommandLine;

namespace MWork.Cli.Commands;

/// <summary>The command line.</summary>
internal static class Root
{
    public static RootCommand Create() => new("Train, look into and test multilingual language models.")
    {
        TrainCommand.Create(),
        EvaluateCommand.Create(),
    };
}
