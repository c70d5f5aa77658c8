namespace MWork.Probes.Tokenizers.Patterns;

internal enum PatternOp
{
    /// <summary>One code point of the set.</summary>
    Set,

    /// <summary>A run of code points of the set.</summary>
    SetLoop,

    /// <summary>Try X, then Y.</summary>
    Split,

    /// <summary>Go on at X.</summary>
    Jump,

    /// <summary>Match what follows as a unit, then go on at X.</summary>
    Atomic,

    /// <summary>Look at what follows X code points back (0: ahead), then go on at Y.</summary>
    Look,

    /// <summary>As <see cref="Look"/>, which must fail.</summary>
    LookNot,

    Assert,

    Done,
}
