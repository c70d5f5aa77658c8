using BenchmarkDotNet.Attributes;
using MWork.Probes.Tensors.Managed;

namespace MWork.Benchmarks;

/// <summary>Matrix products over shapes and threads. For the comparison with PyTorch see <see cref="SideBySide"/>.</summary>
public class MatrixProductBenchmarks
{
    private MatrixProduct? _product;
    private Workers? _workers;

    [Params("256x256x256", "512x512x512", "1024x1024x1024", "2048x2048x2048", "1280x64x1600", "1280x64x192", "64x1280x192", "20x16x20")]
    public string Shape { get; set; } = "";

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int[] sizes = Array.ConvertAll(Shape.Split('x'), int.Parse);
        _product = new MatrixProduct(sizes[0], sizes[1], sizes[2]);
        _workers = new Workers(Threads);
    }

    [GlobalCleanup]
    public void Cleanup() => _product?.Dispose();

    [Benchmark]
    public void Multiply() => _product!.Run(_workers!);
}
