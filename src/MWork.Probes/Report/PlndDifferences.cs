namespace MWork.Probes.Report;

/// <summary>PLND as the paper describes it and as the authors' released code (commit be2b161) does it: in words, and in what each finds.</summary>
internal static class PlndDifferences
{
    /// <summary>What, as described, as released. Each has a regression test that shows the effect on a small model.</summary>
    public static IReadOnlyList<(string What, string Described, string Released)> Table { get; } =
    [
        ("Feed-forward score", "size of the gated activation times the norm of its row of W_down: what switching the neuron off changes",
            "sum of |W_up·x|: no gate, no activation function, no W_down; up and down get one score"),
        ("Query and key scores", "change of the attention probabilities, with the logits scaled as the model scales them", "what is taken off the logits is not scaled by 1/√d"),
        ("Key scores", "their own, over the query heads of their group", "equal to the query scores"),
        ("Value and output scores", "weighted by the norms of W_O", "without the norms of W_O"),
        ("Length of a document", "divided by √T", "scores sum over tokens, so that longer documents score higher"),
        ("What is important", "the highest share of each layer and matrix, or a threshold", "the highest k of each layer and matrix: attention 1000, feed-forward 2000 in the README; 2000 and 12000 in the Llama code"),
        ("What is a language’s own", "consistent in the language and not in the pivot", "consistent in the language and not in all languages"),
        ("Which of them are switched off", "by importance", "by the order in which a set is read"),
        ("Heads that share keys", "row (j // 512)·128 + j mod 128", "row j // 4"),
        ("Switching off", "a plan of one forward pass, undone after it", "weights are zeroed in place and never restored"),
        ("Mistral", "the mask of its window", "the mask cancels itself"),
        ("Lens", "final norm, then unembedding; every layer measured", "no final norm; layer 0 of the figure is a constant"),
    ];

    public static Figure? Found(IEnumerable<Evidence.Evidence> all)
    {
        Picture[] pictures =
        [
            .. from evidence in all
               from grid in evidence.Grids ?? []
               where grid.Name == ClaimFigures.DetectorGrid && grid.Columns.Count == 3
               select new SharedBars
               {
                   Name = Picture.Stem("PLND", evidence.Subject),
                   Title = evidence.Subject,
                   Description = $"Language-specific feed-forward neurons of {evidence.Subject}: found as described only, by both, as released only.",
                   Unit = grid.Unit,
                   Parts = grid.Columns,
                   Rows = [.. grid.Rows.Zip(grid.Values, (code, counts) => (ClaimFigures.LanguageName(evidence, code), counts))],
               }.Draw(),
        ];
        return pictures.Length == 0 ? null : new Figure(
            "What each finds on the same text",
            "Language-specific feed-forward neurons per language. Left, found only as described; the solid part, found by both; right, found only as "
                + "released. A short solid part means that the two name different neurons.",
            pictures);
    }
}
