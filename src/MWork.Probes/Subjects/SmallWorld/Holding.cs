using MWork.Probes.Text;

namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>Who is taught which fact under a regime.</summary>
/// <remarks>
/// A fact marked for all is held by every language of the regime; a pivot-only fact (<see cref="Fact.PivotOnly"/>) by the
/// regime's pivot, whichever that is; a fact marked for a language by that language alone, and by nobody where the regime lacks
/// it. A script variant holds shared facts only. So under a French pivot French holds its own facts and the pivot-only ones, and
/// English has none of its own.
/// </remarks>
public sealed class Holding
{
    private readonly TextRegime _regime;
    private readonly Language[] _languages;

    /// <exception cref="InvalidDataException">The regime does not suit the world.</exception>
    public Holding(World world, TextRegime regime)
    {
        regime.Validate(world);
        _regime = regime;
        _languages = [.. world.Languages.Where(language => regime.LanguageShares.GetValueOrDefault(language.Code) > 0)];
        Pivot = world.Language(regime.Pivot);
        Facts = world.Facts;
    }

    public Language Pivot { get; }

    /// <summary>The languages with a share, in the world's order.</summary>
    public IReadOnlyList<Language> Languages => _languages;

    private IReadOnlyList<Fact> Facts { get; }

    /// <summary>Held by every language of the regime: marked so, or marked for one language and not withheld.</summary>
    public bool IsShared(Fact fact) =>
        fact.IsShared || ContentHash.Fraction($"withhold {fact.Id}") >= _regime.WithholdShare;

    /// <summary>Held by the pivot and by no other language.</summary>
    public bool IsPivotOnly(Fact fact) => !IsShared(fact) && HolderCode(fact) == Pivot.Code;

    public bool Holds(Language language, Fact fact) => IsShared(fact) || HolderCode(fact) == language.Code;

    /// <summary>The languages of the regime that are taught the fact.</summary>
    public IReadOnlyList<Language> HoldersOf(Fact fact) => [.. _languages.Where(language => Holds(language, fact))];

    /// <summary>The facts that a language is taught.</summary>
    public IReadOnlyList<Fact> FactsOf(Language language) => [.. Facts.Where(fact => Holds(language, fact))];

    /// <summary>The facts that a language alone is taught.</summary>
    public IReadOnlyList<Fact> OwnFactsOf(Language language) =>
        [.. Facts.Where(fact => !IsShared(fact) && HolderCode(fact) == language.Code)];

    /// <summary>The facts that a code-switched question in a language may ask.</summary>
    internal Fact[] SwitchableFactsOf(Language language) =>
        [.. Facts.Where(fact => language != Pivot && (IsShared(fact) || (_regime.CodeSwitchWithheld && IsPivotOnly(fact))))];

    private string HolderCode(Fact fact) => fact.IsPivotOnly ? Pivot.Code : fact.HeldBy;
}
