namespace MWork.Probes.Subjects.SmallWorld;

public sealed partial record TextRegime
{
    /// <summary>Shares written in decimals do not add up to 1 exactly.</summary>
    private const double ShareTolerance = 1e-6;

    /// <summary>The shortest row that holds the longest sentence with its begin token.</summary>
    private const int ShortestRow = Phrasing.LongestSentence + 1;

    /// <summary>Checks the regime against a world.</summary>
    /// <exception cref="InvalidDataException">It cannot be carried out; one sentence names the field and the way out.</exception>
    public void Validate(World world)
    {
        if (FirstProblem(world) is string problem)
        {
            throw new InvalidDataException($"Text regime '{Name}': {problem}.");
        }
    }

    private string? FirstProblem(World world)
    {
        if (LanguageShares.Keys.FirstOrDefault(code => !world.Languages.Any(language => language.Code == code)) is string unknown)
        {
            return $"languageShares names '{unknown}', which the world lacks; it has {string.Join(", ", world.Languages)}";
        }

        if (!LanguageShares.TryGetValue(Pivot, out double pivotShare) || pivotShare <= 0)
        {
            return $"pivot '{Pivot}' has no share; give it one in languageShares or name another pivot";
        }

        if (world.Language(Pivot).VariantOf is not null)
        {
            return $"pivot '{Pivot}' is a script variant; name a language of its own";
        }

        return ShareProblem("languageShares", LanguageShares.Values)
            ?? ShareProblem("knowledgeShare, reasoningShare and translationShare", [KnowledgeShare, ReasoningShare, TranslationShare])
            ?? RateProblem("codeSwitchRate", CodeSwitchRate)
            ?? RateProblem("withholdShare", WithholdShare)
            ?? LanguageProblem()
            ?? SizeProblem();
    }

    private string? LanguageProblem()
    {
        bool alone = LanguageShares.Values.Count(share => share > 0) < 2;
        return alone && TranslationShare > 0 ? "translationShare takes two languages; set it to 0 or add a language"
            : alone && CodeSwitchRate > 0 ? "codeSwitchRate takes two languages; set it to 0 or add a language"
            : !Enum.IsDefined(CodeSwitchTarget) ? "codeSwitchTarget must be 'pivot' or 'any'"
            : null;
    }

    private string? SizeProblem() =>
        SequenceLength < ShortestRow
            ? $"sequenceLength is {SequenceLength} and must be at least {ShortestRow}, the longest sentence with its begin token"
        : SequencesPerStep < 1 ? $"sequencesPerStep is {SequencesPerStep} and must be at least 1"
        : null;

    // Negated comparisons so that NaN fails too.
    private static string? ShareProblem(string field, IEnumerable<double> shares) =>
        shares.Any(share => !(share >= 0)) ? $"{field} holds a share below 0; shares lie in [0, 1]"
        : !(Math.Abs(shares.Sum() - 1) <= ShareTolerance)
            ? FormattableString.Invariant($"{field} add up to {shares.Sum():0.######} and must add up to 1")
        : null;

    private static string? RateProblem(string field, double rate) =>
        rate is >= 0 and <= 1 ? null : FormattableString.Invariant($"{field} is {rate} and must lie in [0, 1]");
}
