using MWork.Probes.Models;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Tensors;
using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Training;

/// <summary>The loss of a recipe's exits. Only words with a meaning count: function words have none in another language.</summary>
/// <param name="exits">Where.</param>
/// <param name="pivotOf">By token id, the id of the same meaning's word in the pivot, or −1 where it has none.</param>
public sealed class LensExitLoss(IReadOnlyList<LensExit> exits, IReadOnlyList<int> pivotOf)
{
    /// <summary>By token id, the id of the same meaning's word in the pivot, or −1.</summary>
    public IReadOnlyList<int> PivotOf => pivotOf;

    /// <summary>The layers whose state the loss needs.</summary>
    public IEnumerable<int> Layers => exits.Select(exit => exit.Layer).Distinct();

    public static LensExitLoss Of(World world, WordLevelTokenizer tokenizer, Language pivot, IReadOnlyList<LensExit> exits)
    {
        int[] pivotOf = new int[tokenizer.VocabularySize];
        Array.Fill(pivotOf, -1);
        foreach (Concept concept in world.Concepts.Where(concept => !concept.IsFunctionWord))
        {
            foreach (Language language in world.Languages.Where(concept.HasWordIn))
            {
                if (tokenizer.TokenToId(concept.In(language)) is { } id)
                {
                    pivotOf[id] = tokenizer.TokenToId(concept.In(pivot))!.Value;
                }
            }
        }

        return new LensExitLoss(exits, pivotOf);
    }

    /// <summary>The weighted sum over exits; null where no next word has a meaning.</summary>
    /// <param name="states">The state [B, T, D] of a layer.</param>
    /// <param name="next">The next token of every position, −1 where there is none.</param>
    public Tensor? Of(ITensorOps ops, Decoder decoder, Func<int, Tensor> states, int[] next)
    {
        int[] positions = [.. Enumerable.Range(0, next.Length).Where(i => next[i] >= 0 && pivotOf[next[i]] >= 0)];
        if (positions.Length == 0)
        {
            return null;
        }

        Tensor? sum = null;
        foreach (LensExit exit in exits)
        {
            int[] targets = [.. positions.Select(i => exit.Language == ExitLanguage.Pivot ? pivotOf[next[i]] : next[i])];
            Tensor state = ops.IndexSelect(ops.Reshape(states(exit.Layer), next.Length, decoder.Config.HiddenSize), 0, positions);
            Tensor loss = ops.Mul(ops.CrossEntropy(decoder.Lens(ops, state), targets), exit.Weight);
            sum = sum is null ? loss : ops.Add(sum, loss);
        }

        return sum;
    }
}
