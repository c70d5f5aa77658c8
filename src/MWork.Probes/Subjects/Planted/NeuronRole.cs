namespace MWork.Probes.Subjects.Planted;

/// <summary>What a planted neuron is for.</summary>
public enum NeuronRole
{
    /// <summary>Moves one coordinate of a language's words into the pivot's subspace.</summary>
    Conversion,

    /// <summary>Permits the knowledge neurons to answer in its language.</summary>
    Support,

    /// <summary>Fires on every word of its language and moves nothing that is read.</summary>
    Idle,

    /// <summary>Moves one coordinate of the pivot's answer into a language's subspace, or carries the flag of the language to
    /// answer in.</summary>
    Return,

    /// <summary>Carries what is asked to the answer marker, in all languages.</summary>
    Gathering,

    /// <summary>Answers one fact.</summary>
    Knowledge,

    /// <summary>Answers what follows from one pair of numbers.</summary>
    Reasoning,

    /// <summary>Fires on every token of every language.</summary>
    Shared,

    /// <summary>Fires on some content, in all languages, and moves nothing that is read.</summary>
    Background,
}
