using MWork.Probes.Randomness;
using MWork.Probes.Tensors.Managed;
using Shouldly;

namespace MWork.Regression.Tensors;

public sealed unsafe class GemmTests
{
    private static readonly int[] s_sizes = [1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 65, 130, 300];

    public enum Layout
    {
        RowMajor,
        Transposed,
        Strided,
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_bit_is_that_of_one_chain_in_ascending_k(int threads)
    {
        var random = new CounterRandom(1, "gemm shapes");
        for (int round = 0; round < 400; round++)
        {
            int m = s_sizes[random.NextInt(s_sizes.Length)];
            int n = s_sizes[random.NextInt(s_sizes.Length)];
            int k = s_sizes[random.NextInt(s_sizes.Length)];
            Check(threads, m, n, k, (Layout)random.NextInt(3), (Layout)random.NextInt(3), random.NextInt(2) == 1);
        }
    }

    // Shapes that take each path of the driver: vector times matrix, few rows, several blocks of depth, shared work, bands.
    [Theory]
    [InlineData(1, 64, 192)]
    [InlineData(1, 700, 1100)]
    [InlineData(5, 700, 333)]
    [InlineData(150, 700, 130)]
    [InlineData(400, 65, 1)]
    [InlineData(200, 64, 4200)]
    [InlineData(3200, 33, 40)]
    [InlineData(20, 16, 20)]
    [InlineData(64, 1280, 192)]
    public void Every_path_keeps_the_bits(int m, int k, int n)
    {
        foreach (Layout layoutA in Enum.GetValues<Layout>())
        {
            foreach (Layout layoutB in Enum.GetValues<Layout>())
            {
                Check(threads: 2, m, n, k, layoutA, layoutB, accumulate: false);
                Check(threads: 1, m, n, k, layoutA, layoutB, accumulate: true);
            }
        }
    }

    [Theory]
    [InlineData(1, 130, 70)]
    [InlineData(33, 400, 65)]
    public void Not_a_number_and_infinity_reach_exactly_the_outputs_that_they_feed(int m, int k, int n)
    {
        foreach (Layout layout in Enum.GetValues<Layout>())
        {
            using var product = new Product(m, n, k, layout, layout);
            product.A(m - 1, 3) = float.NaN;
            product.A(0, k - 1) = float.PositiveInfinity;
            product.B(5, n - 1) = float.NegativeInfinity;
            product.B(7, 0) = float.NaN;
            product.Check(new Workers(2), accumulate: false);
        }
    }

    [Fact]
    public void An_empty_sum_is_zero_or_what_was_there()
    {
        float* c = stackalloc float[] { 1, 2, 3, 4 };
        Gemm.Multiply(new Workers(1), 1, 3, 0, c, 1, 1, c, 1, 1, c, 4, accumulate: true);
        new Span<float>(c, 4).ToArray().ShouldBe([1, 2, 3, 4]);
        Gemm.Multiply(new Workers(1), 1, 3, 0, c, 1, 1, c, 1, 1, c, 4, accumulate: false);
        new Span<float>(c, 4).ToArray().ShouldBe([0, 0, 0, 4]);
        Gemm.Multiply(new Workers(1), 0, 3, 2, c, 1, 1, c, 1, 1, c, 4, accumulate: false);
    }

    [Fact]
    public void Products_on_several_threads_at_once_do_not_disturb_each_other() =>
        Parallel.For(0, 8, i => Check(threads: 2, 150 + i, 90, 310, Layout.RowMajor, Layout.Transposed, accumulate: true));

    [Fact]
    public void Repeated_products_allocate_nothing()
    {
        using var product = new Product(64, 64, 64, Layout.RowMajor, Layout.Transposed);
        var workers = new Workers(1);
        product.Multiply(workers, accumulate: false);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            product.Multiply(workers, accumulate: false);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static void Check(int threads, int m, int n, int k, Layout layoutA, Layout layoutB, bool accumulate)
    {
        using var product = new Product(m, n, k, layoutA, layoutB);
        product.Check(new Workers(threads), accumulate);
    }
}
