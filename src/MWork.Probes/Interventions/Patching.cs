using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Tensors;

namespace MWork.Probes.Interventions;

/// <summary>
/// Plans in which each prompt takes values over from a donor's clean run. They are made batch by batch, because rows and positions
/// differ: pass them to <see cref="Tasks.CandidateScores.Measure(LanguageModel, IReadOnlyList{Text.Prompt}, Func{PromptBatch, SitePlan})"/>,
/// or call them inside the scope of a forward pass, where the donors' values live.
/// </summary>
public static class Patching
{
    /// <summary>Patches from the runs of <paramref name="donors"/>.</summary>
    /// <param name="model">Runs the donors.</param>
    /// <param name="donors">Token ids; the i-th belongs to the i-th prompt of the list that the batches are cut from.</param>
    /// <param name="patches">What to take over.</param>
    /// <remarks>The plan throws <see cref="ArgumentException"/> for a site without positions or beyond the blocks, an entry that the site does
    /// not have, and a position that a prompt does not have.</remarks>
    public static Func<PromptBatch, SitePlan> From(LanguageModel model, IReadOnlyList<int[]> donors, params IEnumerable<Patch> patches)
    {
        Patch[] all = [.. patches];
        return batch =>
        {
            TokenBatch given = TokenBatch.Of([.. donors.Skip(batch.Start).Take(batch.Tokens.Rows)]);
            SitePlan record = SitePlan.None.Record(all.Select(patch => patch.Site));
            ForwardPass pass = model.Decoder.Forward(model.Ops, given, record, logits: LogitsAt.None);
            int[] sources = Sources(batch.Tokens, given);
            return all.Aggregate(SitePlan.None, (plan, patch) =>
            {
                Tensor value = patch.Site is Sites.FinalNorm or Sites.Logits || pass[patch.Site].Rank != 3
                    ? throw new ArgumentException($"Site '{patch.Site}' cannot be patched by position.", nameof(patches))
                    : pass[patch.Site];
                int width = value.Size(-1);
                Tensor rows = model.Ops.IndexSelect(model.Ops.Reshape(value, given.Ids.Length, width), 0, sources);
                Tensor aligned = model.Ops.Reshape(rows, batch.Tokens.Rows, batch.Tokens.Width, width);
                float[] taken = Mask(width, patch.Entries ?? [.. Enumerable.Range(0, width)]);
                return plan.Edit(patch.Site, (ops, x) => Blend(ops, x, aligned, Positions(batch.Tokens, patch.FromEnd), taken));
            });
        };
    }

    /// <summary>
    /// Resample ablation: neurons take the values that they have in the run of another prompt of the same list, which chance draws for each.
    /// </summary>
    /// <exception cref="ArgumentException">There is only one prompt.</exception>
    public static Func<PromptBatch, SitePlan> Resample(
        LanguageModel model, IReadOnlyList<int[]> prompts, NeuronSet neurons, CounterRandom random) =>
        From(model, [.. Others(prompts.Count, random).Select(donor => prompts[donor])], Patch.Neurons(neurons));

    /// <summary>For each of <paramref name="prompts"/> prompts another one, each other one as likely.</summary>
    /// <exception cref="ArgumentException">There is only one prompt.</exception>
    public static int[] Others(int prompts, CounterRandom random) => prompts == 1
        ? throw new ArgumentException("One prompt alone has no other to take values from.", nameof(prompts))
        : [.. Enumerable.Range(0, prompts).Select(prompt =>
        {
            int other = random.Fork("resample").Fork(prompt).NextInt(prompts - 1);
            return other < prompt ? other : other + 1;
        })];

    // value where nothing is taken, donor where something is; both factors are 0 or 1, so that what stays keeps its bits.
    private static Tensor Blend(ITensorOps ops, Tensor value, Tensor donor, float[] positions, float[] entries)
    {
        Tensor taken = ops.Mul(ops.Mul(ops.Full(1, value.Shape), ops.FromArray(entries, entries.Length)),
            ops.FromArray(positions, value.Size(0), value.Size(1), 1));
        return ops.Add(ops.Mul(value, ops.Add(ops.Mul(taken, -1), 1)), ops.Mul(donor, taken));
    }

    // [B·T]: the donor's place for each place of the batch, aligned from the ends.
    private static int[] Sources(TokenBatch batch, TokenBatch donors)
    {
        int[] sources = new int[batch.Ids.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            (int row, int t) = (i / batch.Width, i % batch.Width);
            int fromEnd = Math.Max(0, batch.Lengths[row] - 1 - t);
            sources[i] = (row * donors.Width) + Math.Max(0, donors.Lengths[row] - 1 - fromEnd);
        }

        return sources;
    }

    // [B·T]: 1 at the positions named, never at padding.
    private static float[] Positions(TokenBatch batch, IReadOnlyList<int>? fromEnd)
    {
        float[] mask = new float[batch.Ids.Length];
        for (int row = 0; row < batch.Rows; row++)
        {
            foreach (int back in fromEnd ?? [.. Enumerable.Range(0, batch.Lengths[row])])
            {
                if ((uint)back >= (uint)batch.Lengths[row])
                {
                    throw new ArgumentException($"A prompt of {batch.Lengths[row]} tokens has no position {back} from its end.", nameof(fromEnd));
                }

                mask[(row * batch.Width) + batch.Lengths[row] - 1 - back] = 1;
            }
        }

        return mask;
    }

    private static float[] Mask(int width, IReadOnlyList<int> entries)
    {
        float[] mask = new float[width];
        foreach (int entry in entries)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)entry, (uint)width, nameof(entries));
            mask[entry] = 1;
        }

        return mask;
    }
}
