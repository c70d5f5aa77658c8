using FsCheck;
using FsCheck.Xunit;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class ConsistentNeuronsTests
{
    private static readonly PlndCounts s_counts = SyntheticCounts.Important(
        8,
        ("en", [0, 1, 2, 6]), ("en", [0, 1, 2, 7]),
        ("fr", [1, 3, 4, 2]), ("fr", [1, 3, 4, 2]),
        ("zh", [1, 4, 5, 0]), ("zh", [1, 4, 5]));

    [Fact]
    public void Consistent_is_what_every_document_finds_important()
    {
        ConsistentNeurons sets = s_counts.Consistent();
        sets.Documents.ShouldBe(2);
        sets.Languages.ShouldBe(["en", "fr", "zh"]);
        sets["en"].ShouldBe(SyntheticCounts.Ffn(0, 1, 2));
        sets["fr"].ShouldBe(SyntheticCounts.Ffn(1, 2, 3, 4));
        sets["zh"].ShouldBe(SyntheticCounts.Ffn(1, 4, 5));
    }

    [Fact]
    public void Specific_is_without_the_pivot_and_the_pivot_s_without_all_others()
    {
        ConsistentNeurons sets = s_counts.Consistent();
        sets.Specific("fr", "en").ShouldBe(SyntheticCounts.Ffn(3, 4));
        sets.Specific("zh", "en").ShouldBe(SyntheticCounts.Ffn(4, 5));
        sets.Specific("en", "en").ShouldBe(SyntheticCounts.Ffn(0));
        sets.Specific("en", "fr").ShouldBe(SyntheticCounts.Ffn(0));
    }

    [Fact]
    public void Exclusive_is_without_any_other_language()
    {
        ConsistentNeurons sets = s_counts.Consistent();
        sets.Exclusive("fr").ShouldBe(SyntheticCounts.Ffn(3));
        sets.Exclusive("zh").ShouldBe(SyntheticCounts.Ffn(5));
    }

    [Fact]
    public void A_language_alone_is_all_specific() =>
        SyntheticCounts.Important(3, ("en", [0, 2])).Consistent().Specific("en", "en").ShouldBe(SyntheticCounts.Ffn(0, 2));

    [Fact]
    public void Languages_with_different_numbers_of_documents_are_refused()
    {
        PlndCounts counts = SyntheticCounts.Important(3, ("en", [0]), ("fr", [1]), ("fr", [2]));
        Should.Throw<ArgumentException>(counts.Consistent).Message.ShouldContain("en 1, fr 2");
    }

    [Fact]
    public void An_unknown_language_is_refused_by_name()
    {
        Should.Throw<ArgumentException>(() => s_counts.Consistent()["ur"]).Message.ShouldContain("'ur'");
        Should.Throw<ArgumentException>(() => s_counts.Consistent().Specific("fr", "ur")).Message.ShouldContain("'ur'");
        Should.Throw<ArgumentException>(() => s_counts.MeanImportances("ur")).Message.ShouldContain("en, fr, zh");
        s_counts.Documents("ur").ShouldBeEmpty();
    }

    [Fact]
    public void At_most_so_many_are_the_most_important_ones()
    {
        PlndCounts counts = SyntheticCounts.Of(
            5, new PlndOptions { TopShare = 1 }, ("en", [0, 0, 0, 0, 1]), ("fr", [2, 3, 3, 1, 9]));
        counts.Consistent().Specific("fr", "en", new TopCount(0, 2)).ShouldBe(SyntheticCounts.Ffn(1, 2));
        counts.Consistent().Specific("fr", "en", new TopCount(0, 3)).ShouldBe(SyntheticCounts.Ffn(0, 1, 2));
        counts.Consistent().Specific("fr", "en", new TopCount(9, 0)).ShouldBeEmpty();
    }

    [Fact]
    public void A_permutation_of_labels_gives_other_sets()
    {
        ConsistentNeurons permuted = new(s_counts, new Dictionary<string, IReadOnlyList<DocumentNeurons>>
        {
            ["en"] = [s_counts.Documents("en")[0], s_counts.Documents("zh")[0]],
            ["fr"] = s_counts.Documents("fr"),
        });
        permuted["en"].ShouldBe(SyntheticCounts.Ffn(0, 1));
        permuted.Specific("fr", "en").ShouldBe(SyntheticCounts.Ffn(2, 3, 4));
    }

    [Fact]
    public void A_draw_takes_that_many_different_documents_of_each_language()
    {
        // Document i finds every neuron important but i: what a draw lacks tells which documents were drawn.
        PlndCounts counts = SyntheticCounts.Important(
            10, [.. Enumerable.Range(0, 20)
                .Select(i => (i < 10 ? "en" : "fr", Enumerable.Range(0, 10).Where(k => k != i % 10).ToArray()))]);
        ConsistentNeurons draw = counts.Draw(4, new CounterRandom(1, "draw"));
        draw.Documents.ShouldBe(4);
        draw["en"].Count.ShouldBe(6);
        draw["fr"].Count.ShouldBe(6);
        draw["fr"].ShouldNotBe(draw["en"]);
        counts.Draw(4, new CounterRandom(1, "draw"))["en"].ShouldBe(draw["en"]);
        counts.Draw(4, new CounterRandom(2, "draw"))["en"].ShouldNotBe(draw["en"]);
        counts.Draw(10, new CounterRandom(1, "draw"))["en"].ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => counts.Draw(11, new CounterRandom(1))).Message.ShouldContain(
            "11 documents of en are wanted, and there are 10");

        (ConsistentNeurons first, ConsistentNeurons second) = counts.SplitHalf(5, new CounterRandom(1, "halves"));
        first["en"].Intersect(second["en"]).ShouldBeEmpty();
        first["en"].Union(second["en"]).Count.ShouldBe(10);
        Should.Throw<ArgumentException>(() => counts.SplitHalf(6, new CounterRandom(1))).Message.ShouldContain("12 documents");
    }

    [Property(MaxTest = 50)]
    public void More_documents_never_add_a_neuron(int seed)
    {
        var random = new CounterRandom((ulong)seed, "documents");
        PlndCounts counts = SyntheticCounts.Important(
            12, [.. Enumerable.Range(0, 6)
                .Select(_ => ("en", Enumerable.Range(0, 12).Where(_ => random.NextBool(0.8)).ToArray()))]);
        IReadOnlyList<DocumentNeurons> all = counts.Documents("en");
        NeuronSet[] sets = [.. Enumerable.Range(1, all.Count).Select(count => new ConsistentNeurons(
            counts, new Dictionary<string, IReadOnlyList<DocumentNeurons>> { ["en"] = [.. all.Take(count)] })["en"])];
        sets.Skip(1).Zip(sets).ShouldAllBe(pair => pair.First.IsSubsetOf(pair.Second));
    }

    [Property(MaxTest = 50)]
    public void Specific_is_disjoint_from_the_pivot_and_exclusive_within_specific(int seed)
    {
        var random = new CounterRandom((ulong)seed, "languages");
        PlndCounts counts = SyntheticCounts.Important(
            20, [.. TinyText.Languages.Select(
                language => (language, Enumerable.Range(0, 20).Where(_ => random.NextBool(0.5)).ToArray()))]);
        ConsistentNeurons sets = counts.Consistent();
        foreach (string language in (string[])["fr", "zh"])
        {
            sets.Specific(language, "en").Intersect(sets["en"]).ShouldBeEmpty();
            sets.Exclusive(language).IsSubsetOf(sets.Specific(language, "en")).ShouldBeTrue();
            sets.Specific(language, "en").Union(sets[language].Intersect(sets["en"])).ShouldBe(sets[language]);
        }

        sets.Specific("en", "en").ShouldBe(sets.Exclusive("en"));
    }
}
