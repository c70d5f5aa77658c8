namespace MWork.Probes.Text;

/// <summary>What a sentence asks for.</summary>
public enum TaskKind
{
    /// <summary>A fact that has to be known.</summary>
    Knowledge,

    /// <summary>Arithmetic or comparison in words: nothing to know beyond the number words.</summary>
    Reasoning,

    /// <summary>The same word in another language.</summary>
    Translation,
}
