namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>Which language a code-switched question is answered in.</summary>
public enum CodeSwitchTarget
{
    /// <summary>The regime's pivot.</summary>
    Pivot,

    /// <summary>Any other language of the regime, each as likely.</summary>
    Any,
}
