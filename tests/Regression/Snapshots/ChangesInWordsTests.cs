using MWork.Probes.Neurons;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Snapshots;

/// <summary>A snapshot that moves says what moved, and a listing or table reads back as it was written.</summary>
public sealed class ChangesInWordsTests
{
    private const string Detector = "PLND as described";

    [Fact]
    public void Neurons_that_come_and_go_are_named()
    {
        NeuronListing before = Listing((4, [5, 88, 90]), (6, [1]));
        NeuronListing after = Listing((4, [5, 17, 90, 203]), (5, [2, 3]));
        NeuronChanges.Tell(before, after).ShouldBe(
            """
            PLND as described, fr, layer 4: gained 17, 203; lost 88.
            PLND as described, fr, layer 5: gained 2, 3.
            PLND as described, fr, layer 6: lost 1.
            """.ReplaceLineEndings("\n"));
        NeuronChanges.Tell(before, Listing((4, [5, 88, 90]), (6, [1]))).ShouldBe("No neuron moved; only the wording or the layout of the file did.");
    }

    [Fact]
    public void A_language_that_goes_loses_its_neurons() =>
        NeuronChanges.Tell(Listing((4, [5, 6])), new NeuronListing("title")).ShouldBe("PLND as described, fr, layer 4: lost 5, 6.");

    [Fact]
    public void A_list_too_long_to_write_is_told_by_its_number()
    {
        int[] many = [.. Enumerable.Range(0, NeuronListing.LongestList + 5)];
        NeuronChanges.Tell(Listing((0, many)), Listing((0, many[1..]))).ShouldBe("PLND as described, fr, layer 0: 125 neurons became 124.");
        NeuronChanges.Tell(Listing((0, many)), Listing((0, [.. many[1..], 300])))
            .ShouldBe("PLND as described, fr, layer 0: still 125 neurons, but not the same.");
        NeuronChanges.Tell(Listing((0, [.. many[..60]])), Listing((0, [.. many[..60], .. many[70..]])))
            .ShouldBe("PLND as described, fr, layer 0: gained 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89 and 35 more.");
    }

    [Fact]
    public void A_change_everywhere_is_cut_short()
    {
        (int, int[])[] layers = [.. Enumerable.Range(0, 50).Select(layer => (layer, new[] { layer }))];
        string[] lines = NeuronChanges.Tell(new NeuronListing("old"), Listing(layers)).Split('\n');
        lines[0].ShouldBe("What was measured changed: it was \"old\" and is \"title\".");
        lines[^1].ShouldBe("… and 10 more layers changed.");
        lines.Length.ShouldBe(42);
    }

    [Fact]
    public void A_listing_reads_like_this_and_is_read_back()
    {
        NeuronListing listing = Listing((0, [1, 2, 4, 7, 8, 9]), (11, [.. Enumerable.Range(0, 200)]));
        listing.Add("LAPE", "zh", NeuronSet.Empty);
        listing.ToString().ShouldBe(
            """
            title

            PLND as described
              fr: 206 #5b355b66
                layer 0: 6: 1 2 4 7-9
                layer 11: 200 #10708993

            LAPE
              zh: none
            """.ReplaceLineEndings("\n"));
        NeuronListing read = NeuronListing.Parse(listing.ToString());
        read.ToString().ShouldBe(listing.ToString());
        NeuronChanges.Tell(listing, read).ShouldStartWith("No neuron moved");
    }

    [Theory]
    [InlineData("    layer 0: 3: 1 2")]
    [InlineData("    layer 0: x")]
    [InlineData("    layer 0")]
    public void A_line_that_is_none_is_named(string line) =>
        Should.Throw<FormatException>(() => NeuronListing.Parse($"title\n\nLAPE\n  zh: 3 #0\n{line}\n")).Message.ShouldContain(line);

    [Fact]
    public void Cells_that_change_are_named()
    {
        string before = Table("both", ("fr, layer 4", "20", "S"), ("fr, layer 5", "1", "S"), ("zh", "0", "–"));
        string after = Table("both", ("fr, layer 4", "18", "R"), ("fr, layer 5", "1", "S"), ("ur", "0", "–"));
        TextTable.Changes(before, after).ShouldBe("The row ur is new.\nThe row zh is gone.\nfr, layer 4: both was 20, is 18; T1 was S, is R.");
        TextTable.Changes(before, Table("found", ("fr, layer 4", "20", "S"), ("fr, layer 5", "1", "S"), ("zh", "0", "–")))
            .ShouldBe("The column found is new.\nThe column both is gone.");
        TextTable.Changes(before, after, cell => $"<{cell}>").ShouldEndWith("both was <20>, is <18>; T1 was <S>, is <R>.");
        TextTable.Changes(before, before).ShouldBe("No cell changed; only the layout of the file did.");
        Should.Throw<FormatException>(() => TextTable.Changes("title\n\nrow  both\nfr", after)).Message.ShouldContain("is no table");
    }

    [Fact]
    public async Task A_snapshot_that_moves_fails_in_words_and_says_how_to_accept()
    {
        string folder = Path.Combine(Repository.Artifacts("snapshots", Guid.NewGuid().ToString("N")));
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "moved.verified.txt"), "one");
        string message = (await Should.ThrowAsync<SnapshotChangedException>(
            () => WordedSnapshot.Verify("two", folder, "moved", (before, after) => $"{before} became {after}."))).Message;
        message.ShouldStartWith("one became two.");
        message.ShouldContain("moved.received.txt");
        (await Should.ThrowAsync<SnapshotChangedException>(
            () => WordedSnapshot.Verify("two", folder, "new", (_, _) => ""))).Message.ShouldStartWith("There is no snapshot yet.");
        (await Should.ThrowAsync<SnapshotChangedException>(
            () => WordedSnapshot.Verify("two", folder, "moved", (_, _) => throw new FormatException("what is this")))).Message
            .ShouldStartWith("The snapshot cannot be read: what is this");
        Directory.Delete(folder, recursive: true);
    }

    private static NeuronListing Listing(params (int Layer, int[] Indices)[] layers)
    {
        var listing = new NeuronListing("title");
        listing.Add(Detector, "fr", new NeuronSet(
            layers.SelectMany(layer => layer.Indices.Select(index => new Neuron(layer.Layer, NeuronMatrix.Ffn, index)))));
        return listing;
    }

    private static string Table(string column, params (string Row, string First, string Second)[] rows)
    {
        var table = new TextTable("title", ["row", column, "T1"]);
        foreach ((string row, string first, string second) in rows)
            table.Add(row, first, second);
        return table.ToString();
    }
}
