using System.Globalization;
using MWork.Probes.Models.Checkpoints;
using Spectre.Console;

namespace MWork.Cli;

/// <summary>How far a checkpoint has been read, as a line of Spectre's progress.</summary>
internal sealed class LoadingBar(ProgressContext context, string name) : IProgress<LoadProgress>
{
    private readonly string _name = Markup.Escape(name);
    private ProgressTask? _task;

    public void Report(LoadProgress value)
    {
        // The total is known with the first report.
        _task ??= context.AddTask(_name, maxValue: value.TotalBytes);
        _task.Description = string.Create(CultureInfo.InvariantCulture, $"{_name}: {value.Tensors} of {value.TotalTensors} tensors");
        _task.Value = value.Bytes;
    }
}
