namespace MWork.Probes.Subjects.Planted;

/// <summary>
/// Who owns which coordinates of a planted model's residual stream: a surface subspace per language, the slots that attention
/// fills at the last position, flags, and a large constant.
/// </summary>
internal sealed class ResidualLayout
{
    private readonly int _languages;

    public ResidualLayout(int languages, int scripts, int numbers, int relations, int permits)
    {
        _languages = languages;
        int next = languages * ConceptCodes.Size;
        EntitySlot = Take(ConceptCodes.Size);
        NumberSlot = Take(numbers);
        Relations = Take(relations);
        LanguageFlags = Take(languages);
        ScriptFlags = Take(scripts);
        ReturnFlags = Take(languages);
        Permits = Take(permits);
        PivotPermit = Take(1);
        EntityFlag = Take(1);
        NumberFlag = Take(1);
        KeywordFlag = Take(1);
        MarkerFlag = Take(1);
        Done = Take(1);
        Sink = Take(1);
        Ballast = Take(1);
        Width = (next + 15) / 16 * 16;

        int Take(int count)
        {
            int at = next;
            next += count;
            return at;
        }
    }

    /// <summary>The code of the entity asked about, at the answer marker.</summary>
    public int EntitySlot { get; }

    /// <summary>The numbers asked about, at the answer marker: their shares add up to 1.</summary>
    public int NumberSlot { get; }

    /// <summary>One coordinate per relation: 1 at its keywords, and at the answer marker once it is gathered.</summary>
    public int Relations { get; }

    public int LanguageFlags { get; }

    public int ScriptFlags { get; }

    /// <summary>The language of the question's own words, at the answer marker: the language to answer in.</summary>
    public int ReturnFlags { get; }

    /// <summary>What knowledge neurons need from the neurons of a language.</summary>
    public int Permits { get; }

    /// <summary>The pivot's, which attention writes.</summary>
    public int PivotPermit { get; }

    public int EntityFlag { get; }

    public int NumberFlag { get; }

    public int KeywordFlag { get; }

    public int MarkerFlag { get; }

    /// <summary>How much of an answer is written; silences the second copy where knowledge is diffused.</summary>
    public int Done { get; }

    /// <summary>Written by much and read by nothing.</summary>
    public int Sink { get; }

    /// <summary>A constant far larger than everything else: it makes RMS norms nearly linear, and serves as the bias that Llama's
    /// projections lack.</summary>
    public int Ballast { get; }

    public int Width { get; }

    /// <summary>First coordinate of a language's subspace.</summary>
    public int Surface(int language) =>
        language < _languages ? language * ConceptCodes.Size : throw new ArgumentOutOfRangeException(nameof(language));
}
