using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Models.Generation;
using MWork.Probes.Models.Parity;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Models;

/// <summary>What ends a continuation, what is refused, and that greedy ids are the reference implementation's.</summary>
public sealed class GenerationTests : IDisposable
{
    private static readonly int[][] s_prompts = [[1, 5, 9, 30, 2], [7, 7, 3], [4, 0, 11, 12, 13, 14, 15]];

    private readonly ManagedBackend _ops = ManagedBackend.Shared;
    private readonly Decoder _decoder = TinyModel.Create();

    public static TheoryData<string> Checkpoints => [.. TinyFamilies.Names];

    public void Dispose() => _decoder.Weights.Dispose();

    [Theory, MemberData(nameof(Checkpoints))]
    public void Greedy_ids_are_those_of_the_reference(string checkpoint)
    {
        string directory = Repository.Fixture("golden", "models", checkpoint);
        using var expected = SafetensorsFile.Open(Path.Combine(directory, CheckpointParity.FileName));
        int[] wanted = [.. expected.ReadInt64("greedy_ids").Select(id => (int)id)];
        int prompt = expected.Tensors["input_ids"].Shape[1];
        (Decoder decoder, _) = ModelDirectory.LoadDecoder(directory, _ops);
        using Weights weights = decoder.Weights;
        var options = new GenerationOptions { MaxNewTokens = wanted.Length - prompt };

        // Among others, so that the reference's continuation is also that of a row in a ragged batch.
        Continuation[] given = [.. Generator.Generate(decoder, _ops, [[3], wanted[..prompt], wanted[..5]], options)];
        given[1].Ids.ShouldBe(wanted[prompt..]);
        given[2].Ids.Count.ShouldBe(options.MaxNewTokens);
    }

    [Fact]
    public void A_row_ends_at_its_own_stop_token_and_leaves_the_batch()
    {
        Continuation[] free = Generate(new GenerationOptions { MaxNewTokens = 8 });
        int stop = free[1].Ids.First(id => !free[0].Ids.Contains(id));
        int at = free[1].Ids.ToList().IndexOf(stop);
        var rows = new List<int[]>();
        Continuation[] stopped = Generate(new GenerationOptions
        {
            MaxNewTokens = 8,
            StopTokens = [stop],
            Observe = (pass, _) => rows.Add([.. pass.Prompts]),
        });
        stopped[1].Ids.ShouldBe(free[1].Ids.Take(at + 1));
        stopped[1].Ended.ShouldBe(EndReason.StopToken);
        stopped[0].Ids.ShouldBe(free[0].Ids);
        stopped[0].Ended.ShouldBe(EndReason.MaxNewTokens);
        rows[at].ShouldContain(1);
        rows.Skip(at + 1).ShouldAllBe(row => !row.Contains(1));
        rows[^1].ShouldContain(0);
    }

    [Fact]
    public void A_row_ends_where_the_model_has_no_position_left()
    {
        Decoder narrow = new(TinyModel.Config with { MaxPositions = 7 }, _decoder.Weights);
        Continuation[] free = Generate(new GenerationOptions { MaxNewTokens = 6 });
        Continuation[] given = [.. Generator.Generate(narrow, _ops, s_prompts, new GenerationOptions { MaxNewTokens = 5 })];
        given.Select(row => row.Ids.Count).ShouldBe([3, 5, 1]);
        given.Select(row => row.Ended).ShouldBe([EndReason.MaxPositions, EndReason.MaxNewTokens, EndReason.MaxPositions]);
        given.Zip(free).ShouldAllBe(pair => pair.First.Ids.SequenceEqual(pair.Second.Ids.Take(pair.First.Ids.Count)));
    }

    [Fact]
    public void A_seed_gives_the_same_draws_again_and_another_gives_others()
    {
        int[][] first = Draws(1);
        Draws(1).ShouldBe(first);
        Draws(2).ShouldNotBe(first);

        // Sampling from the likeliest token alone is greedy.
        Generate(new GenerationOptions { Sampling = new Sampling { TopK = 1, Seed = 1 } }).Select(row => row.Ids)
            .ShouldBe(Generate(new GenerationOptions()).Select(row => row.Ids));

        int[][] Draws(ulong seed) =>
            [.. Generate(new GenerationOptions { Sampling = new Sampling { Seed = seed } }).Select(row => row.Ids.ToArray())];
    }

    [Fact]
    public void Drawn_tokens_are_as_frequent_as_the_model_says()
    {
        const int Seeds = 600;
        float[] probabilities;
        using (var scope = new TensorScope())
        {
            ForwardPass pass = _decoder.Forward(_ops, TokenBatch.Of([s_prompts[0]]), logits: LogitsAt.Last);
            probabilities = _ops.Softmax(pass.Logits).ToArray();
        }

        int[] counts = new int[probabilities.Length];
        for (int seed = 0; seed < Seeds; seed++)
        {
            var options = new GenerationOptions { MaxNewTokens = 1, Sampling = new Sampling { Seed = (ulong)seed } };
            counts[Generator.Generate(_decoder, _ops, [s_prompts[0]], options)[0].Ids[0]]++;
        }

        // A count has standard deviation √(n p (1 − p)); 31 of them, four deviations either way.
        for (int id = 0; id < counts.Length; id++)
        {
            double p = probabilities[id];
            ((double)counts[id]).ShouldBe(Seeds * p, 4 * Math.Sqrt(Seeds * p * (1 - p)), $"token {id}");
        }
    }

    [Fact]
    public void Logits_that_are_not_finite_are_refused_by_prompt()
    {
        var poisoned = new GenerationOptions
        {
            Plan = pass => SitePlan.None.Edit(
                Sites.Logits, (ops, x) => pass.Step == 1 ? ops.Mul(x, float.NaN) : x),
        };
        Should.Throw<InvalidDataException>(() => Generate(poisoned))
            .Message.ShouldStartWith("The logits for token 2 after prompt 1 hold a NaN");
    }

    [Fact]
    public void A_prompt_or_a_limit_that_cannot_be_used_is_refused_in_one_sentence()
    {
        Refuses([], new GenerationOptions(), "Prompt 2 is empty; there must be a token to continue.");
        Refuses(
            new int[2049], new GenerationOptions(), "Prompt 2 has 2049 tokens, but the model has 2048 positions; shorten it.");
        Refuses([31], new GenerationOptions(), "Token id 31 is outside the vocabulary of 31. (Parameter 'batch')");
        Refuses([1], new GenerationOptions { MaxNewTokens = 0 }, "The number of new tokens is 0 but must be at least 1.");
        Refuses([1], new GenerationOptions { BatchRows = -1 }, "The number of rows in a batch is -1 but must be at least 1.");
        Refuses([1], Drawing(new Sampling { TopK = 0 }), "The top-k is 0 but must be at least 1.");
        Refuses([1], Drawing(new Sampling { TopP = 1.5 }), "The top-p is 1.5 but must be above 0 and at most 1.");
        Refuses([1], Drawing(new Sampling { TopP = double.NaN }), "The top-p is NaN but must be above 0 and at most 1.");
        Refuses(
            [1], Drawing(new Sampling { Temperature = 0 }),
            "The temperature is 0 but must be above 0; without sampling the likeliest token is taken.");
        Generator.Generate(_decoder, _ops, []).ShouldBeEmpty();

        void Refuses(int[] prompt, GenerationOptions options, string sentence) =>
            Should.Throw<ArgumentException>(() => Generator.Generate(_decoder, _ops, [[1], prompt], options))
                .Message.ShouldBe(sentence);

        GenerationOptions Drawing(Sampling sampling) => new() { Sampling = sampling };
    }

    [Fact]
    public void A_cancelled_generation_stops_between_steps()
    {
        using var source = new CancellationTokenSource();
        int steps = 0;
        var options = new GenerationOptions
        {
            Observe = (pass, _) =>
            {
                steps++;
                if (pass.Step == 1)
                {
                    source.Cancel();
                }
            },
        };
        Should.Throw<OperationCanceledException>(() => Generator.Generate(_decoder, _ops, s_prompts, options, source.Token));
        steps.ShouldBe(2);
    }

    private Continuation[] Generate(GenerationOptions options) => [.. Generator.Generate(_decoder, _ops, s_prompts, options)];
}
