namespace MWork.Probes.Text;

/// <summary>A language that a subject reads and writes.</summary>
/// <param name="Code">BCP 47, e.g. <c>fr</c> or <c>zh-Latn</c>.</param>
/// <param name="Name">Its English name, for reports.</param>
/// <param name="OwnName">Its name in itself, as one token, e.g. <c>tiếng_việt</c>.</param>
/// <param name="Script">Unicode script name of its words.</param>
/// <param name="VariantOf">The code of the language that this one writes in another script; null for a language of its
/// own.</param>
public sealed record Language(string Code, string Name, string OwnName, string Script, string? VariantOf = null)
{
    /// <summary>The code of the language itself, whichever script it is written in.</summary>
    public string BaseCode => VariantOf ?? Code;

    /// <summary>A language of which only the code is known: it is called by it.</summary>
    public static Language OfCode(string code) => new(code, code, code, Script: "");

    public override string ToString() => Code;
}
