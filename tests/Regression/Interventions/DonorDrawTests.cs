using FsCheck.Xunit;
using MWork.Probes.Interventions;
using MWork.Probes.Randomness;
using Shouldly;

namespace MWork.Regression.Interventions;

public sealed class DonorDrawTests
{
    [Property]
    public void Nobody_draws_himself_and_the_seed_decides(byte count, ulong seed)
    {
        int prompts = 2 + (count % 20);
        int[] drawn = Patching.Others(prompts, new CounterRandom(seed));
        drawn.Length.ShouldBe(prompts);
        drawn.Where((donor, prompt) => donor == prompt || donor < 0 || donor >= prompts).ShouldBeEmpty();
        Patching.Others(prompts, new CounterRandom(seed)).ShouldBe(drawn);
    }

    [Fact]
    public void All_others_are_drawn_about_equally_often()
    {
        int[] first = [.. Enumerable.Range(0, 600).Select(seed => Patching.Others(4, new CounterRandom((ulong)seed))[0])];
        first.GroupBy(donor => donor).Select(group => group.Count()).ShouldAllBe(count => count > 150 && count < 250);
        first.Distinct().Order().ShouldBe([1, 2, 3]);
        Should.Throw<ArgumentException>(() => Patching.Others(1, new CounterRandom(1)));
    }
}
