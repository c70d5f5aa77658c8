using MWork.Probes.Tensors.Managed;

namespace MWork.Benchmarks;

/// <summary>Something that both sides can do.</summary>
/// <param name="Name">What to print.</param>
/// <param name="PeerCommand">What to ask of <c>pytorch_peer.py</c>.</param>
/// <param name="Operations">Floating-point operations of one run, for the table.</param>
/// <param name="Run">One run on our side with this many threads.</param>
internal sealed record ComparedCase(string Name, string PeerCommand, double Operations, Action<int> Run)
{
    // The decoder forward joins here once there is a decoder: the peer already answers "decoder" (width 512, 8 layers, 8 heads,
    // feed-forward 1376, vocabulary 4096, batch of 4 × 128 tokens; logits of every position).
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
    }
}
