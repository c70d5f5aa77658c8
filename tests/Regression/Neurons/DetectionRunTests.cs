using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Neurons.Detection;
using MWork.Probes.Text;
using MWork.Regression.Checkpoints;
using Shouldly;

namespace MWork.Regression.Neurons;

/// <summary>Runs that are broken off, and runs in shards, leave the bytes of one that went through.</summary>
public sealed class DetectionRunTests : IDisposable
{
    // LAPE and average precision read 64 documents at a time.
    private static readonly Document[] s_text = TinyText.AllLanguages(50);

    private readonly LanguageModel _model = TinyModels.Create("grouped heads");
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Methods => [.. Detector.Methods];

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Theory, MemberData(nameof(Methods))]
    public void A_run_that_is_broken_off_after_every_batch_ends_as_one_that_is_not(string method)
    {
        Run(method, "whole").ShouldNotBeNull();
        int runs = 1;
        while (Interrupted(method))
        {
            File.Exists(Path.Combine(_folder.File("broken"), DetectionRun.NeuronsName)).ShouldBeFalse();
            (++runs).ShouldBeLessThan(100, "it does not go on, it begins again");
        }

        runs.ShouldBeGreaterThan(2);
        SameFiles("broken", "whole");
    }

    [Theory, MemberData(nameof(Methods))]
    public void Shards_merge_to_the_files_of_the_whole(string method)
    {
        Run(method, "whole");
        for (int i = 1; i <= 4; i++)
        {
            Run(method, $"part-{i}", new Shard(i, 4)).ShouldBeNull();
        }

        DetectionRun.Merge([.. new[] { 3, 1, 4, 2 }.Select(i => _folder.File($"part-{i}"))], _folder.File("merged"));
        SameFiles("merged", "whole");
    }

    /// <summary>Where it goes on, what is done is told first; how often it is put down is the caller's choice.</summary>
    [Fact]
    public void Work_is_put_down_as_often_as_asked()
    {
        string counts = Path.Combine(_folder.File("often"), DetectionRun.CountsName);
        (List<int> done, List<bool> saved) = ([], []);
        var told = new Told(documents => (done, saved) = ([.. done, documents], [.. saved, File.Exists(counts)]));
        Run("lape", "often", progress: told, saveEvery: TimeSpan.Zero);
        done.ShouldBe([0, 64, 128, 150]);
        saved.ShouldBe([false, true, true, true]);

        (done, saved) = ([], []);
        Run("lape", "often", progress: told);
        done.ShouldBe([150]);

        File.Delete(counts);
        (done, saved) = ([], []);
        Run("lape", "often", progress: told);
        saved.ShouldBe([false, false, false, false]);
    }

    [Fact]
    public void What_a_killed_run_was_writing_is_cleared_away()
    {
        Run("ap", "whole");
        Directory.CreateDirectory(_folder.File("again"));
        File.WriteAllText(Path.Combine(_folder.File("again"), "counts.json.1.tmp"), "{");
        Run("ap", "again");
        SameFiles("again", "whole");
    }

    [Fact]
    public void What_is_selected_is_what_the_method_selects()
    {
        Run("plnd", "plnd")!.Languages["fr"].ShouldBe(Plnd.Measure(_model, s_text).Consistent().Specific("fr", "en"));
        Run("lape", "lape")!.Languages["fr"].ShouldBe(Lape.Measure(_model, s_text).Select()["fr"]);
        TextActivations activations = TextActivations.Measure(_model, s_text);
        Run("ap", "ap", share: 0.1)!.Languages["fr"].ShouldBe(
            AveragePrecision.Select(activations, "fr", (int)Math.Round(0.1 * activations.Layout.Count)));
        var released = new PlndOptions { Oddities = ReleasedOddities.Released(TopCount.Readme.For(_model.Decoder.Config)) };
        Run("plnd-released", "released")!.Languages["fr"].ShouldBe(Plnd.Measure(_model, s_text, released).Consistent().Specific("fr", "en"));
    }

    [Fact]
    public void A_directory_of_another_run_is_left_alone()
    {
        Run("lape", "a");
        Refuses("field 'method' is that of another run", () => Run("ap", "a"));
        Refuses("field 'options' is that of another run", () => Run("lape", "a", share: 0.5));
        Refuses("field 'shard' is that of another run", () => { Run("lape", "b", new Shard(1, 2)); Run("lape", "b", new Shard(2, 2)); });
        Refuses("field 'text' is that of another run", () => DetectionRun.Run(
            _model, Detector.Create("lape", _model.Decoder.Config), TinyText.AllLanguages(50, seed: 4), "en", Shard.Whole, _folder.File("a"), TimeSpan.Zero));
    }

    [Fact]
    public void Two_runs_do_not_share_a_directory()
    {
        Directory.CreateDirectory(_folder.File("a"));
        using FileStream other = new(Path.Combine(_folder.File("a"), ".lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Refuses("another run is at work here", () => Run("lape", "a"));
    }

    [Fact]
    public void Parts_that_do_not_make_a_whole_are_refused()
    {
        for (int i = 1; i <= 3; i++)
        {
            Run("lape", $"part-{i}", new Shard(i, 3));
        }

        Run("lape", "of-two", new Shard(2, 2));
        Refuses("The parts are the shards 1, 3 of 3", () => Merge("part-1", "part-3"));
        Refuses("The parts are the shards 1, 1, 2, 3 of 3", () => Merge("part-1", "part-1", "part-2", "part-3"));
        Refuses("field 'shards' is not that of", () => Merge("part-1", "of-two", "part-3"));
        Refuses("there is no such file; name a directory that mwork detect has written", () => Merge("nowhere"));
        Refuses("There are no parts to merge", () => Merge());

        // As a shard that was killed leaves it.
        IDetectorCounts partial = Lape.Measure(_model, new Shard(2, 3).Of(s_text).Take(10));
        partial.Save(Path.Combine(_folder.File("part-2"), DetectionRun.CountsName));
        Refuses("10 of 50 documents are counted; start its detect again", () => Merge("part-1", "part-2", "part-3"));
        File.Delete(Path.Combine(_folder.File("part-2"), DetectionRun.CountsName));
        Refuses("0 of 50 documents are counted", () => Merge("part-1", "part-2", "part-3"));
    }

    [Fact]
    public void Parts_whose_counts_are_not_those_of_their_plans_are_refused()
    {
        Run("lape", "part-1", new Shard(1, 2));
        Run("lape", "part-2", new Shard(2, 2));
        Lape.Measure(_model, new Shard(2, 2).Of(TinyText.AllLanguages(50, seed: 4))).Save(Path.Combine(_folder.File("part-2"), DetectionRun.CountsName));
        Refuses("the shards' documents are not those of their plans", () => Merge("part-1", "part-2"));

        foreach (string part in (string[])["part-1", "part-2"])
        {
            string path = Path.Combine(_folder.File(part), DetectionPlan.FileName);
            File.WriteAllText(path, File.ReadAllText(path).Replace("\"method\": \"lape\"", "\"method\": \"ap\"", StringComparison.Ordinal));
        }

        Refuses("plan.json: '{", () => Merge("part-1", "part-2"));
    }

    [Theory]
    [InlineData("\"ffn\": ", "\"ffn\": 1", "takes|take")]
    [InlineData("\"schema\": 1", "\"schema\": 2", "field 'schema' is 2")]
    [InlineData("\"model\"", "\"modell\"", "has no 'model'")]
    public void Damaged_counts_are_named(string what, string by, string sentence)
    {
        foreach (string method in Detector.Methods)
        {
            Run(method, method);
            string path = Path.Combine(_folder.File(method), DetectionRun.CountsName);
            File.WriteAllText(path, File.ReadAllText(path).Replace(what, by, StringComparison.Ordinal));
            string message = Should.Throw<NeuronFileException>(() => Run(method, method)).Message;
            message.ShouldContain(path);
            sentence.Split('|').ShouldContain(part => message.Contains(part, StringComparison.Ordinal), message);
        }
    }

    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("2/8", 2, 8)]
    [InlineData("0/8", 0, 0)]
    [InlineData("9/8", 0, 0)]
    [InlineData("1", 0, 0)]
    [InlineData("a/b", 0, 0)]
    [InlineData("1/2/3", 0, 0)]
    [InlineData("-1/2", 0, 0)]
    public void Shards_are_written_as_fractions(string text, int number, int count) =>
        Shard.Parse(text).ShouldBe(count == 0 ? null : new Shard(number, count));

    [Fact]
    public void Shards_share_the_items_out()
    {
        int[] items = [.. Enumerable.Range(0, 11)];
        Shard[] shards = [.. Enumerable.Range(1, 4).Select(i => new Shard(i, 4))];
        shards.SelectMany(shard => shard.Of(items)).Order().ShouldBe(items);
        shards.Select(shard => shard.SizeOf(items.Length)).ShouldBe(shards.Select(shard => shard.Of(items).Count()));
    }

    private bool Interrupted(string method)
    {
        using var cancellation = new CancellationTokenSource();
        bool begun = false;
        try
        {
            // The first report is what was there already.
            Run(method, "broken", progress: new Told(_ =>
            {
                if (begun)
                {
                    cancellation.Cancel();
                }

                begun = true;
            }), cancellation: cancellation.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private NeuronSetFile? Run(
        string method, string directory, Shard? shard = null, double? share = null, IProgress<int>? progress = null, TimeSpan? saveEvery = null,
        CancellationToken cancellation = default) =>
        DetectionRun.Run(
            _model, Detector.Create(method, _model.Decoder.Config, share), s_text, "en", shard ?? Shard.Whole, _folder.File(directory),
            saveEvery ?? TimeSpan.FromDays(1), progress, cancellation);

    private void Merge(params string[] parts) => DetectionRun.Merge([.. parts.Select(_folder.File)], _folder.File("merged"));

    private static void Refuses(string sentence, Action action) => Should.Throw<NeuronFileException>(action).Message.ShouldContain(sentence);

    private void SameFiles(string one, string other)
    {
        string[] names = [.. Directory.GetFiles(_folder.File(other)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        names.ShouldBe([DetectionRun.CountsName, DetectionRun.NeuronsName, DetectionPlan.FileName]);
        Directory.GetFiles(_folder.File(one)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ShouldBe(names);
        foreach (string name in names)
        {
            File.ReadAllText(Path.Combine(_folder.File(one), name)).ShouldBe(File.ReadAllText(Path.Combine(_folder.File(other), name)));
        }
    }
}
