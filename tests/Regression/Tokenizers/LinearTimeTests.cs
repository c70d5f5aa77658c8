using MWork.Probes.Randomness;
using MWork.Probes.Tokenizers;
using Shouldly;
using Xunit.Abstractions;

namespace MWork.Regression.Tokenizers;

/// <summary>Twice the text takes about twice the time, also where a fifth of it is one word, and a million characters take less than two seconds.</summary>
[Collection(nameof(LinearTimeTests))]
[CollectionDefinition(nameof(LinearTimeTests), DisableParallelization = true)]
public sealed class LinearTimeTests(ITestOutputHelper output)
{
    private const int Chars = 1_000_000;
    private const int Unbroken = 200_000;

    // Linear gives 2, quadratic 4; the rest is room for caches that no longer fit.
    private const double LargestRatio = 3;
    private const int Attempts = 12;

    // Seconds of processor time for the whole text, so that the machine's other work does not count.
    private const double Longest = 2;

    public static TheoryData<string> Names { get; } = GoldenTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Twice_the_text_takes_less_than_three_times_as_long(string name)
    {
        ITokenizer tokenizer = TokenizerFixtures.Load(name);
        string text = UnicodeText.Prose(new CounterRandom(9, "prose"), Chars, Unbroken);
        string half = UnicodeText.Prose(new CounterRandom(9, "prose"), Chars / 2, Unbroken / 2);
        tokenizer.Encode(half[..20_000]);
        double whole = double.PositiveInfinity;
        double part = double.PositiveInfinity;

        // The least of some runs is what the code needs; anything above it is the machine's other work.
        for (int attempt = 0; attempt < Attempts && !(whole < Longest && whole / part < LargestRatio); attempt++)
        {
            part = Math.Min(part, Seconds(() => tokenizer.Encode(half)));
            whole = Math.Min(whole, Seconds(() => tokenizer.Encode(text)));
        }

        output.WriteLine($"{name}: {part:f3} s for {Chars / 2} characters, {whole:f3} s for {Chars}");
        whole.ShouldBeLessThan(Longest);
        (whole / part).ShouldBeLessThan(LargestRatio, $"{part:f3} s for {Chars / 2} characters, {whole:f3} s for {Chars}");
    }

    private static double Seconds(Func<int[]> encode)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        encode().Length.ShouldBeGreaterThan(1000);
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }
}
