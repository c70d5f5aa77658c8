using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MWork.Probes.Models.Checkpoints;
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
    public IAnsiConsole Console { get; init; }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    /// <summary>The process's own streams.</summary>
    public static Terminal OfProcess() => new(System.Console.Out, System.Console.Error, System.Console.IsOutputRedirected);

    /// <summary>Loads a model; where someone watches, a bar says how far it is and then goes.</summary>
    /// <param name="directory">The model's, for the bar.</param>
    /// <param name="quiet">Whether nobody is to see a bar, as where the output is JSON.</param>
    /// <param name="load">Does the loading; told null where nobody watches.</param>
    public T WhileLoading<T>(string directory, bool quiet, Func<IProgress<LoadProgress>?, T> load)
    {
        if (quiet || !Console.Profile.Capabilities.Interactive)
        {
            return load(null);
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
        return Console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new RemainingTimeColumn())
            .Start(context => load(new LoadingBar(context, name)));
    }

    /// <summary>Does work of a known size; where someone watches, a bar says how far it is and how long it still takes, and then goes.</summary>
    /// <param name="what">For the bar.</param>
    /// <param name="total">Units of work.</param>
    /// <param name="quiet">Whether nobody is to see a bar, as where the output is JSON.</param>
    /// <param name="work">Tells how many units are done; told null where nobody watches.</param>
    public T WhileCounting<T>(string what, int total, bool quiet, Func<IProgress<int>?, T> work)
    {
        if (quiet || !Console.Profile.Capabilities.Interactive)
        {
            return work(null);
        }

        return Console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new CountingBar(context.AddTask(Markup.Escape(what), maxValue: total))));
    }

    /// <summary>For programs to read: the only thing that a command with <c>--json</c> writes.</summary>
    public void Write(JsonNode json) => Output.WriteLine(json.ToJsonString(s_json));

    private sealed class CountingBar(ProgressTask task) : IProgress<int>
    {
        public void Report(int value) => task.Value = value;
    }
}
