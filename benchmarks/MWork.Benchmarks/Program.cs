using BenchmarkDotNet.Running;
using MWork.Benchmarks;

if (args is ["--side-by-side", ..])
{
    return SideBySide.Run(args.AsSpan(1));
}

if (args is ["--plnd", ..])
{
    return PlndThroughput.Run(args.AsSpan(1));
}

BenchmarkSwitcher.FromAssembly(typeof(MatrixProductBenchmarks).Assembly).Run(args);
return 0;
