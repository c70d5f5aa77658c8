using MWork.Probes.Models;
using MWork.Probes.Randomness;
using MWork.Probes.Tensors.Managed;
using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Regression.Models;

/// <summary>The tiny model with a word for each of its ids, and prompts of different lengths in these words.</summary>
internal static class TinyPrompts
{
    private static readonly string[] s_words = [.. Enumerable.Range(4, TinyModel.Config.VocabularySize - 4).Select(id => $"w{id}")];

    public static ITokenizer Tokenizer { get; } = WordLevelTokenizer.Create(s_words);

    public static LanguageModel Model(ulong seed = 1) => new(TinyModel.Create(seed), Tokenizer, ManagedBackend.Shared, $"tiny, seed {seed}");

    /// <summary>Prompts of one to seven random words behind the begin-of-sentence token, each with four candidates.</summary>
    public static Prompt[] Draw(int count, ulong seed = 1)
    {
        var random = new CounterRandom(seed, "tiny prompts");
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            int[] candidates = random.Sample(s_words.Length, 4);
            return new Prompt
            {
                Tokens = [.. Enumerable.Range(0, 1 + random.NextInt(7)).Select(_ => random.Pick(s_words))],
                Answer = s_words[candidates[0]],
                Candidates = [.. candidates.Select(candidate => s_words[candidate])],
                Kind = TaskKind.Knowledge,
                Relation = "relation",
                Language = new Language("xx", "Tiny", "tiny", "Latin"),
                AnswerLanguage = new Language("xx", "Tiny", "tiny", "Latin"),
                Fact = $"fact {i}",
                Template = "none",
            };
        })];
    }
}
