using System.Text.Json.Nodes;
using MWork.Probes.Evidence;
using MWork.Probes.Lenses;
using MWork.Probes.Neurons;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Tasks;
using MWork.Probes.Tensors.Managed;
using MWork.Probes.Text;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Subjects;

/// <summary>A subject whose text and tasks are files: those of <c>fixtures/text/english-pivot</c> hold what the small world says.</summary>
public sealed class FileTextTests : IDisposable
{
    private static readonly string s_fixture = Repository.Fixture("text", "english-pivot");
    private static readonly Lazy<Subject> s_files = new(() => Subject.Load(Path.Combine(s_fixture, "subject.json"), ManagedBackend.Shared));
    private static readonly Lazy<Subject> s_world = new(() => Subject.Load(Repository.Fixture("subjects", "english-pivot.json"), ManagedBackend.Shared));
    private readonly string _folder = Directory.CreateTempSubdirectory("mwork-subject").FullName;

    [Fact]
    public void Candidates_as_text_score_as_they_do_as_tokens()
    {
        foreach (Language language in s_files.Value.Languages)
        {
            IReadOnlyList<Prompt> asText = s_files.Value.Text.TestPrompts(TaskKind.Knowledge, language);
            Prompt[] asTokens = [.. s_world.Value.World.TestPrompts(s_world.Value.World.Language(language.Code)).Take(asText.Count)];
            asText.Count.ShouldBe(40);
            Compare(CandidateScores.Measure(s_files.Value.Model, asText), CandidateScores.Measure(s_world.Value.Model, asTokens));
        }
    }

    [Fact]
    public void So_they_do_with_neurons_off()
    {
        IReadOnlyList<Prompt> asText = [.. s_files.Value.Text.TestPrompts(TaskKind.Knowledge, s_files.Value.Languages[1]).Take(9)];
        Prompt[] asTokens = [.. s_world.Value.World.TestPrompts(s_world.Value.World.Language("fr")).Take(asText.Count)];
        NeuronSet[] sets = [.. Enumerable.Range(1, 2).Select(layer => new NeuronSet(Enumerable.Range(0, 40).Select(i => new Neuron(layer, NeuronMatrix.Ffn, i))))];
        int[][] some = [[0, 3, 8], [.. Enumerable.Range(0, 9)]];
        using var text = new AblationScores(s_files.Value.Model, asText);
        using var tokens = new AblationScores(s_world.Value.Model, asTokens);
        CandidateScore[][] off = text.Off(sets, some);
        CandidateScore[][] expected = tokens.Off(sets, some);
        off[0].Zip(text.Clean).ShouldContain(pair => Math.Abs(pair.First.LogOdds - pair.Second.LogOdds) > 0.01);
        off.Zip(expected).ToList().ForEach(pair => Compare(pair.First, pair.Second));
    }

    [Fact]
    public void A_candidate_of_several_tokens_counts_with_all_of_them()
    {
        Prompt one = s_files.Value.Text.TestPrompts(TaskKind.Knowledge, s_files.Value.Pivot)[0];
        Prompt prompt = one with { Tokens = [one.Text + " the"], Answer = " river . the", Candidates = [" forest", " river . the", " river . a big"], Suffix = " city ." };
        double[] sums = [.. prompt.Candidates.Select(candidate => -Surprise(prompt.Text + candidate + prompt.Suffix))];
        double expected = sums[1] - Math.Log(Math.Exp(sums[0]) + Math.Exp(sums[2]));
        CandidateScores.Measure(s_files.Value.Model, [prompt])[0].LogOdds.ShouldBe(expected, 1e-3);
    }

    [Fact]
    public void Candidates_with_the_same_tokens_are_refused()
    {
        Prompt one = s_files.Value.Text.TestPrompts(TaskKind.Knowledge, s_files.Value.Pivot)[0];
        Should.Throw<ArgumentException>(() => CandidateScores.Measure(s_files.Value.Model, [one with { Candidates = [one.Answer, one.Answer + " "] }]))
            .Message.ShouldContain("cannot be told apart");
    }

    [Fact]
    public void Documents_are_drawn_and_missing_ones_counted()
    {
        (ISubjectText text, Language french) = (s_files.Value.Text, s_files.Value.Languages[1]);
        IReadOnlyList<Document> documents = text.SelectionDocuments(french, 24, 16, seed: 1);
        documents.Count.ShouldBe(24);
        documents.ShouldAllBe(document => document.Tokens.Count <= 16 && document.Tokens[0] == Vocabulary.Begin);
        text.SelectionDocuments(french, 24, 16, seed: 1).Select(document => document.Hash).ShouldBe(documents.Select(document => document.Hash));
        text.SelectionDocuments(french, 24, 16, seed: 2).Select(document => document.Hash).ShouldNotBe(documents.Select(document => document.Hash));
        Should.Throw<MissingTextException>(() => text.SelectionDocuments(french, 49, 64, seed: 1)).Message.ShouldContain("48 different documents");
    }

    [Fact]
    public void What_the_files_do_not_hold_is_said()
    {
        Should.Throw<MissingTextException>(() => s_files.Value.World).Message.ShouldContain("small world");
        Should.Throw<MissingTextException>(() => s_files.Value.Text.TestPrompts(TaskKind.Reasoning, s_files.Value.Pivot)).Message.ShouldContain("tasks.reasoning");
        s_files.Value.Expected("C3", Verdict.Invalid).ShouldBe(Verdict.Invalid);
        s_files.Value.Expected("C1", Verdict.Invalid).ShouldBe(Verdict.Supported);
    }

    [Fact]
    public void The_language_of_tokens_is_found_by_counting()
    {
        TokenLanguages counted = s_files.Value.Tokens;
        TokenLanguages declared = SmallWorldTokens.Of(s_world.Value.World, s_files.Value.Model.Tokenizer, s_files.Value.Languages);
        counted.Bearing.Count.ShouldBeGreaterThan(100);
        counted.Bearing.ShouldAllBe(id => counted[id] == declared[id]);
    }

    [Fact]
    public void A_token_that_is_shared_rare_or_no_word_bears_no_language()
    {
        var tokenizer = s_files.Value.Model.Tokenizer;
        var tokens = CorpusTokens.Of(tokenizer, s_files.Value.Languages, language => language.Code switch
        {
            "en" => Enumerable.Repeat("dog . forest river", 10),
            "fr" => Enumerable.Repeat("dog tambour forest", 4).Concat(Enumerable.Repeat("tambour tambour port", 6)),
            _ => ["猫"],
        });
        string[] Of(int language) => [.. tokens.Bearing.Where(id => tokens[id] == language).Select(id => tokenizer.IdToToken(id)!).Order(StringComparer.Ordinal)];
        Of(0).ShouldBe(["river"]);
        Of(1).ShouldBe(["port", "tambour"]);
        Of(2).ShouldBeEmpty();
    }

    [Fact]
    public void Perplexity_is_per_byte()
    {
        const string Text = "où habite le prêtre ? réponse port .";
        Perplexity measured = Perplexity.Of(s_files.Value.Model, [Text])[0];
        measured.Bytes.ShouldBe(39);
        measured.Nats.ShouldBe(Surprise(Text), 1e-4);
        measured.PerByte.ShouldBe(Math.Exp(Surprise(Text) / 39), 1e-6);
        Perplexity.Sum([measured, measured]).PerByte.ShouldBe(measured.PerByte, 1e-9);
        Perplexity.Of(s_files.Value.Model, [""])[0].PerByte.ShouldBe(double.NaN);
    }

    [Fact]
    public void A_long_text_is_cut_into_pieces_of_the_model_s_length()
    {
        int piece = s_files.Value.Model.Decoder.Config.MaxPositions - 1;
        string[] words = [.. Enumerable.Repeat("dog", piece), "cat", "dog"];
        Perplexity.Of(s_files.Value.Model, [string.Join(' ', words)])[0].Nats
            .ShouldBe(Surprise(string.Join(' ', words[..piece])) + Surprise("cat dog"), 1e-2);
    }

    [Fact]
    public void An_evaluation_leaves_a_row_per_sample()
    {
        IReadOnlyList<TaskSample> samples = [.. TaskFormat.Find("bmlama")!.Read(Path.Combine(s_fixture, "knowledge", "fr.tsv"), "fr").Take(6)];
        var choice = TaskEvaluation.Measure(s_files.Value.Model, TaskMetric.Choice, samples);
        choice.Rows.Select(row => row.Id).ShouldBe(samples.Select(sample => $"{sample.Id} in fr"));
        choice.Means["accuracy"].ShouldBeInRange(0, 1);
        var told = TaskEvaluation.Measure(s_files.Value.Model, TaskMetric.Squad, samples, generation: new() { MaxNewTokens = 1 });
        told.Means["exact match"].ShouldBe(choice.Means["accuracy"]); // the likeliest of all words is the likeliest candidate, or both are wrong
    }

    [Theory]
    [InlineData("world", "'world'", "either")]
    [InlineData("no text", "'world'", "either")]
    [InlineData("tasks alone", "'tasks'", "goes with 'text'")]
    [InlineData("no placeholder", "'text.selection'", "'en'", "{language}")]
    [InlineData("language left out", "'text.test'", "'zh'")]
    [InlineData("generated task", "'tasks.knowledge.format'", "'mgsm'", "bmlama")]
    [InlineData("no items", "'tasks.knowledge.items'", "at least 1")]
    [InlineData("planted", "'world'", "planted")]
    public void A_field_that_cannot_be_used_is_named(string fault, params string[] words) => Refused(
        file =>
        {
            var text = (JsonObject)file["text"]!;
            var knowledge = (JsonObject)file["tasks"]!["knowledge"]!;
            switch (fault)
            {
                case "world": file["world"] = Repository.Fixture("world"); break;
                case "no text": file.Remove("text"); file.Remove("tasks"); break;
                case "tasks alone": file.Remove("text"); file["world"] = Repository.Fixture("world"); break;
                case "no placeholder": text["selection"] = "selection/en.txt"; break;
                case "language left out": text["test"] = new JsonObject { ["en"] = "test/en.txt", ["fr"] = "test/fr.txt" }; break;
                case "generated task": knowledge["format"] = "mgsm"; break;
                case "no items": knowledge["items"] = 0; break;
                default: file["model"] = new JsonObject { ["planted"] = new JsonObject() }; break;
            }
        },
        words);

    [Fact]
    public void Text_that_selects_may_not_test()
    {
        Copy();
        string line = File.ReadLines(In("selection/fr.txt")).ElementAt(8);
        File.AppendAllText(In("test/fr.txt"), $"  {line}\n");
        Refused(_ => { }, "'text.test'", "fr.txt, line 7", "fr.txt, line 9", "take it out");
        Copy();
        (string prompt, string answer) = File.ReadLines(In("knowledge/fr.tsv")).ElementAt(1).Split('\t') is [var p, var a, ..] ? (p, a) : ("", "");
        File.AppendAllText(In("selection/fr.txt"), prompt.Replace("<mask>", answer) + "\n");
        Refused(_ => { }, "'tasks.knowledge'", "'bmlama 1' in fr", "line 49");
    }

    [Fact]
    public void An_item_counts_where_all_languages_have_it()
    {
        Copy();
        File.WriteAllLines(In("knowledge/fr.tsv"), File.ReadAllLines(In("knowledge/fr.tsv"))[..31]);
        string[] chinese = File.ReadAllLines(In("knowledge/zh.tsv"));
        string[] cells = chinese[5].Split('\t');
        chinese[5] = string.Join('\t', cells[0], cells[1], cells[1], cells[3]);
        File.WriteAllLines(In("knowledge/zh.tsv"), chinese);
        using Subject all = Load(_ => { });
        foreach (Language language in all.Languages)
        {
            Ids(all, language).ShouldBe(Ids(all, all.Pivot));
        }

        Ids(all, all.Pivot).Length.ShouldBe(29);
        using Subject some = Load(file => file["tasks"]!["knowledge"]!["items"] = 10);
        Ids(some, some.Pivot).Length.ShouldBe(10);
        Ids(some, some.Pivot).ShouldBeSubsetOf(Ids(all, all.Pivot));
        some.Text.Hash.ShouldNotBe(all.Text.Hash);

        static string[] Ids(Subject subject, Language language) => [.. subject.Text.TestPrompts(TaskKind.Knowledge, language).Select(prompt => prompt.Fact)];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Σ −log P of a text behind the begin token, from the logits.
    private static double Surprise(string text)
    {
        var model = s_files.Value.Model;
        int[] ids = model.Tokenizer.Encode(text);
        using var scope = new MWork.Probes.Tensors.TensorScope();
        float[] logits = model.Decoder.Forward(model.Ops, MWork.Probes.Models.TokenBatch.Of([ids])).Logits.ToArray();
        int vocabulary = logits.Length / ids.Length;
        return Enumerable.Range(0, ids.Length - 1).Sum(t =>
            Math.Log(logits.Skip(t * vocabulary).Take(vocabulary).Sum(logit => Math.Exp(logit))) - logits[(t * vocabulary) + ids[t + 1]]);
    }

    private static void Compare(IReadOnlyList<CandidateScore> measured, IReadOnlyList<CandidateScore> expected)
    {
        measured.Count.ShouldBe(expected.Count);
        measured.Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First.LogOdds - pair.Second.LogOdds) < 1e-4 && pair.First.IsRight == pair.Second.IsRight
            && pair.First.TopToken == pair.Second.TopToken);
    }

    private string In(string file) => Path.Combine(_folder, file);

    private void Copy()
    {
        foreach (string file in Directory.EnumerateFiles(s_fixture, "*", SearchOption.AllDirectories))
        {
            string copy = In(Path.GetRelativePath(s_fixture, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    private Subject Load(Action<JsonObject> change)
    {
        if (!Directory.Exists(In("selection")))
        {
            Copy();
        }

        var file = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(s_fixture, "subject.json")))!;
        file["model"] = new JsonObject { ["checkpoint"] = Repository.Fixture("models", "english-pivot") };
        change(file);
        File.WriteAllText(In("subject.json"), file.ToJsonString());
        return Subject.Load(In("subject.json"), ManagedBackend.Shared);
    }

    private void Refused(Action<JsonObject> change, params string[] words)
    {
        string message = Should.Throw<SubjectException>(() => Load(change)).Message;
        message.ShouldContain("subject.json");
        words.ShouldAllBe(word => message.Contains(word, StringComparison.Ordinal), message);
    }
}
