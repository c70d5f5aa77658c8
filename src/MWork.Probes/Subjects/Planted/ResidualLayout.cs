namespace MWork.Probes.Subjects.Planted;

/// <summary>
/// Who owns which coordinates of a planted model's residual stream: a surface subspace per language (concept code, then one
/// coordinate per relation), the slots that attention fills at the last position, flags, and a large constant.
/// </summary>
internal sealed class ResidualLayout
{
    /// <summary>Coordinates of a concept code. Codes are random unit vectors; enough coordinates keep wrong matches far enough from 1
    /// that no knowledge neuron opens for one, which the tests of the planted models show.</summary>
    public const int CodeSize = 32;

    private readonly int _languages;

    public ResidualLayout(int languages, int relations)
    {
        _languages = languages;
        Relations = relations;
        EntitySlot = languages * SurfaceSize;
        RelationSlot = EntitySlot + CodeSize;
        int flags = RelationSlot + relations;
        LanguageFlags = flags;
        EntityFlag = flags + languages;
        KeywordFlag = EntityFlag + 1;
        MarkerFlag = EntityFlag + 2;
        Ballast = EntityFlag + 3;
        Width = (Ballast + 1 + 31) / 32 * 32;
    }

    public int Relations { get; }

    /// <summary>Width of one language's subspace.</summary>
    public int SurfaceSize => CodeSize + Relations;

    public int EntitySlot { get; }

    public int RelationSlot { get; }

    public int LanguageFlags { get; }

    public int EntityFlag { get; }

    public int KeywordFlag { get; }

    public int MarkerFlag { get; }

    /// <summary>A constant far larger than everything else: it makes RMS norms nearly linear, and serves as the bias that Llama's
    /// projections lack.</summary>
    public int Ballast { get; }

    public int Width { get; }

    /// <summary>First coordinate of a language's subspace.</summary>
    public int Surface(int language) => language < _languages ? language * SurfaceSize : throw new ArgumentOutOfRangeException(nameof(language));
}
