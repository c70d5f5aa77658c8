using MWork.Probes.Tensors.Managed;

namespace MWork.Benchmarks;

/// <summary>Something that both sides can do.</summary>
/// <param name="Name">What to print.</param>
/// <param name="PeerCommand">What to ask of <c>pytorch_peer.py</c>.</param>
/// <param name="Operations">Floating-point operations of one run, for the table.</param>
/// <param name="Run">One run on our side with this many threads.</param>
internal sealed record ComparedCase(string Name, string PeerCommand, double Operations, Action<int> Run)
{
    public static IEnumerable<ComparedCase> All()
    {
        foreach ((int m, int k, int n) in ((int, int, int)[])
            [(256, 256, 256), (512, 512, 512), (1024, 1024, 1024), (2048, 2048, 2048), (1280, 64, 1600)])
        {
            var product = new MatrixProduct(m, k, n);
            Workers[] workers = [.. Enumerable.Range(1, Environment.ProcessorCount).Select(threads => new Workers(threads))];
            yield return new ComparedCase(
                $"[{m}x{k}]x[{k}x{n}]", $"matmul {m} {k} {n}", product.FloatingPointOperations, threads => product.Run(workers[threads - 1]));
        }

        var decoder = new DecoderForward();
        yield return new ComparedCase("decoder, width 512 x 8 layers", "decoder", DecoderForward.FloatingPointOperations, decoder.Run);
    }
}
