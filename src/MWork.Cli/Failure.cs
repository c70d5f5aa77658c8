using System.Text.Json;
using MWork.Probes.Evidence;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Neurons;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Tensors;
using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Cli;

/// <summary>Exceptions as a user meets them: one sentence and an exit code.</summary>
internal static class Failure
{
    /// <summary>Set to 1, it lets exceptions through with their stack trace.</summary>
    public const string DebugVariable = "MWORK_DEBUG";

    public static bool IsDebugged => Environment.GetEnvironmentVariable(DebugVariable) == "1";

    public static int ExitCode(Exception error) => error switch
    {
        OperationCanceledException => ExitCodes.Interrupted,
        _ when IsExpected(error) => ExitCodes.BadInput,
        _ => ExitCodes.Fault,
    };

    /// <summary>One line that ends with a full stop.</summary>
    public static string Sentence(Exception error) => OneLine(error switch
    {
        InterruptedException => error.Message,
        OperationCanceledException => "Interrupted; nothing was written",
        // The parameter's name means something to a programmer only.
        ArgumentException { ParamName: { } name } => error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal),
        _ when IsExpected(error) => error.Message,
        _ => $"This is a fault of mwork, please report it ({error.GetType().Name}: {error.Message}); "
            + $"{DebugVariable}=1 shows where it happened",
    });

    private static bool IsExpected(Exception error) => error
        is CheckpointException or TokenizerFormatException or WorldFormatException or EvidenceException or SubjectException or NeuronFileException
        or TextFormatException or MissingTextException or DeviceMemoryException
        or InvalidDataException or JsonException or IOException or UnauthorizedAccessException or NotSupportedException
        or (ArgumentException and not ArgumentNullException);

    private static string OneLine(string message)
    {
        string line = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.EndsWith('.') ? line : line + ".";
    }
}
