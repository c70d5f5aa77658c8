namespace MWork.Probes.Training;

/// <summary>
/// A second loss at one layer: its state, read through the final norm and the unembedding, is to say the next word (an early exit, as
/// in deep supervision, Lee et al. 2015). With <see cref="ExitLanguage.Pivot"/> it says it in the pivot, whatever the language of the
/// text: a reason to solve there.
/// </summary>
/// <param name="Layer">After which block, from 0.</param>
/// <param name="Weight">Beside 1 for the model's own loss.</param>
public sealed record LensExit(int Layer, ExitLanguage Language, float Weight);

/// <summary>In which language an exit says the next word.</summary>
public enum ExitLanguage
{
    /// <summary>The pivot's word of the same meaning.</summary>
    Pivot,

    /// <summary>The word as it stands in the text.</summary>
    Own,
}
