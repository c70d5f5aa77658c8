using System.Diagnostics;
using System.Globalization;

namespace MWork.Benchmarks;

/// <summary>A Python process that runs cases in PyTorch under one setting of its two thread pools. It idles between requests.</summary>
internal sealed class PyTorchPeer : IDisposable
{
    private readonly Process _process;

    public PyTorchPeer(string python, string script, int openMpThreads, int blasThreads)
    {
        Setting = $"OMP {openMpThreads}, BLAS {blasThreads}";
        var start = new ProcessStartInfo(python, [script])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["OMP_NUM_THREADS"] = openMpThreads.ToString(CultureInfo.InvariantCulture);
        start.Environment["MKL_NUM_THREADS"] = openMpThreads.ToString(CultureInfo.InvariantCulture);
        start.Environment["OPENBLAS_NUM_THREADS"] = blasThreads.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(start) ?? throw new InvalidOperationException($"Cannot start {python}.");
        Version = Read();
    }

    public string Setting { get; }

    /// <summary>PyTorch's version and the library that multiplies its matrices.</summary>
    public string Version { get; }

    /// <summary>Seconds of the fastest run within the time given.</summary>
    public double Measure(string command, double seconds)
    {
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} {command}"));
        _process.StandardInput.Flush();
        return double.Parse(Read(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Read() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The PyTorch process has ended; see its messages above.");
}
