using MWork.Probes.Randomness;
using Shouldly;

namespace MWork.Regression.Randomness;

public sealed class CounterRandomTests
{
    // Known answers published with Random123 (kat_vectors, philox4x32 10).
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue,
        0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u,
        0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Rounds_give_the_published_answers(
        uint c0, uint c1, uint c2, uint c3, uint key0, uint key1, uint e0, uint e1, uint e2, uint e3)
    {
        uint[] block = [c0, c1, c2, c3];
        CounterRandom.Rounds(block, key0, key1);
        block.ShouldBe([e0, e1, e2, e3]);
    }

    [Fact]
    public void A_stream_is_the_rounds_of_one_counter_after_another()
    {
        var random = new CounterRandom(0x0000000300000007);
        for (uint counter = 0; counter < 9; counter++)
        {
            uint[] block = [counter, 0, 0, 0];
            CounterRandom.Rounds(block, 7, 3);
            uint[] drawn = [random.NextUInt32(), random.NextUInt32(), random.NextUInt32(), random.NextUInt32()];
            drawn.ShouldBe(block);
        }
    }

    /// <summary>Lemire's rule: products whose low word is below 2³² mod range are drawn again. A quarter of this range's are.</summary>
    [Fact]
    public void An_integer_is_drawn_again_where_the_range_would_favour_it()
    {
        const uint Range = 0x60000000;
        var words = new CounterRandom(11, "words");
        var random = new CounterRandom(11, "words");
        for (int i = 0; i < 200; i++)
        {
            ulong product;
            do
            {
                product = (ulong)words.NextUInt32() * Range;
            }
            while ((uint)product < unchecked(0u - Range) % Range);

            random.NextInt((int)Range).ShouldBe((int)(product >> 32));
        }
    }

    [Fact]
    public void Streams_are_reproducible_and_differ()
    {
        new CounterRandom(7, "a").NextUInt64().ShouldBe(new CounterRandom(7, "a").NextUInt64());
        new CounterRandom(7, "a").NextUInt64().ShouldNotBe(new CounterRandom(7, "b").NextUInt64());
        new CounterRandom(7, "a").NextUInt64().ShouldNotBe(new CounterRandom(8, "a").NextUInt64());
        new CounterRandom(7).Fork(0).NextUInt64().ShouldNotBe(new CounterRandom(7).Fork(1).NextUInt64());
    }

    [Fact]
    public void Integers_cover_their_range_evenly()
    {
        var random = new CounterRandom(1, "even");
        int[] counts = new int[6];
        for (int i = 0; i < 60_000; i++)
        {
            counts[random.NextInt(6)]++;
        }

        // Five standard deviations of a binomial with n = 60 000, p = 1/6.
        counts.ShouldAllBe(count => Math.Abs(count - 10_000) < 460);
    }

    [Fact]
    public void A_sample_has_distinct_members_and_a_shuffle_keeps_all()
    {
        var random = new CounterRandom(3);
        random.Sample(50, 20).Distinct().Count().ShouldBe(20);
        int[] values = Enumerable.Range(0, 30).ToArray();
        random.Shuffle<int>(values);
        values.Order().ShouldBe(Enumerable.Range(0, 30));
    }
}
