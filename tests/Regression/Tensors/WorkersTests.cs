using MWork.Probes.Tensors.Managed;
using Shouldly;

namespace MWork.Regression.Tensors;

public sealed class WorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Ranges_cover_everything_once(int threads)
    {
        var workers = new Workers(threads);
        foreach (int count in (int[])[0, 1, 2, 3, 10, 97, 1000])
        {
            foreach (int grain in (int[])[0, 1, 3, 50, 5000])
            {
                int[] calls = new int[count];
                workers.For(count, grain, (from, to) =>
                {
                    (to - from).ShouldBeGreaterThanOrEqualTo(Math.Min(grain, count));
                    for (int i = from; i < to; i++)
                    {
                        Interlocked.Increment(ref calls[i]);
                    }
                });
                calls.ShouldAllBe(c => c == 1);
            }
        }
    }

    [Fact]
    public void An_exception_reaches_the_caller_and_the_next_call_works()
    {
        var workers = new Workers(3);
        for (int round = 0; round < 50; round++)
        {
            int bad = round % 12;
            Should.Throw<InvalidTimeZoneException>(() => workers.For(12, 1, (from, to) =>
            {
                if (from <= bad && bad < to)
                {
                    throw new InvalidTimeZoneException();
                }
            }));
            Sum(workers, 100).ShouldBe(4950);
        }
    }

    [Fact]
    public void A_call_inside_a_call_runs_on_the_thread_it_came_from()
    {
        var workers = new Workers(3);
        long total = 0;
        workers.For(30, 1, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                int thread = Environment.CurrentManagedThreadId;
                workers.For(100, 1, (innerFrom, innerTo) =>
                {
                    Environment.CurrentManagedThreadId.ShouldBe(thread);
                    Interlocked.Add(ref total, innerTo - innerFrom);
                });
            }
        });
        total.ShouldBe(3000);
    }

    [Fact]
    public void Several_threads_may_call_at_once()
    {
        var shared = new Workers(3);
        Parallel.For(0, 16, i =>
        {
            Workers workers = i % 2 == 0 ? shared : new Workers(1 + (i % 4));
            for (int round = 0; round < 2000; round++)
            {
                Sum(workers, 50 + i).ShouldBe((50 + i) * (49L + i) / 2);
            }
        });
    }

    [Fact]
    public void Sleeping_threads_wake_up()
    {
        var workers = new Workers(2);
        for (int round = 0; round < 20; round++)
        {
            Thread.Sleep(5);
            Sum(workers, 1000).ShouldBe(499_500);
        }
    }

    [Fact]
    public void Two_threads_work_at_the_same_time()
    {
        // The pool has one job at a time: while another test holds it, a caller works alone, so it asks again.
        var workers = new Workers(2);
        bool together = false;
        for (int attempt = 0; attempt < 60 && !together; attempt++)
        {
            using var both = new Barrier(2);

            // Two parts would do; more may be cut, and only the first of each thread meets the other.
            using var met = new ThreadLocal<bool>();
            workers.For(2, 1, (_, _) =>
            {
                if (!met.Value)
                {
                    met.Value = true;
                    if (both.SignalAndWait(TimeSpan.FromSeconds(1)))
                    {
                        Volatile.Write(ref together, true);
                    }
                }
            });
        }

        together.ShouldBeTrue();
    }

    private static long Sum(Workers workers, int count)
    {
        long sum = 0;
        workers.For(count, 1, (from, to) =>
        {
            long part = 0;
            for (int i = from; i < to; i++)
            {
                part += i;
            }

            Interlocked.Add(ref sum, part);
        });
        return sum;
    }
}
