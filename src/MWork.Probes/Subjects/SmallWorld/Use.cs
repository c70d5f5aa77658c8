namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>What a string may be used for; no string has two uses.</summary>
public enum Use
{
    /// <summary>Training text.</summary>
    Train,

    /// <summary>Documents that select neurons.</summary>
    Selection,

    /// <summary>Prompts that score.</summary>
    Test,

    /// <summary>Wordings left over, for paraphrases of a fact that neither trained nor score.</summary>
    Spare,
}
