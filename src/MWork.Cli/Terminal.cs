using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace MWork.Cli;

/// <summary>Where a command writes: the process's streams, or a test's.</summary>
internal sealed class Terminal
{
    // Files and pipes have no edge to wrap at.
    private const int EndlessWidth = 400;

    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public Terminal(TextWriter output, TextWriter error, bool redirected = true)
    {
        Output = output;
        Error = error;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
        {
            Console.Profile.Width = EndlessWidth;
        }
    }

    /// <summary>Tables and progress, which adapt to what the output can show.</summary>
    public IAnsiConsole Console { get; }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    /// <summary>The process's own streams.</summary>
    public static Terminal OfProcess() => new(System.Console.Out, System.Console.Error, System.Console.IsOutputRedirected);

    /// <summary>For programs to read: the only thing that a command with <c>--json</c> writes.</summary>
    public void Write(JsonNode json) => Output.WriteLine(json.ToJsonString(s_json));
}
