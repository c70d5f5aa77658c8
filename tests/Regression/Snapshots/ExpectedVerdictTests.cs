using MWork.Probes.Evidence;
using MWork.Probes.Subjects;
using MWork.Testing;

namespace MWork.Regression.Snapshots;

/// <summary>
/// Which verdict each claim must give on each embedded subject, as the subjects' files have it, on one page: an expectation that is turned round to make a test
/// pass shows here too.
/// </summary>
public sealed class ExpectedVerdictTests
{
    private const string NotNamed = "–";

    private static readonly (Verdict Verdict, string Letter)[] s_letters =
    [
        (Verdict.Supported, "S"), (Verdict.Refuted, "R"), (Verdict.Inconclusive, "?"), (Verdict.Invalid, "x"), (Verdict.Measured, "m"),
    ];

    [Fact]
    public Task Expectations_are_as_before()
    {
        string legend = string.Join(", ", s_letters.Select(letter => $"{letter.Letter} {letter.Verdict}"));
        var table = new TextTable(
            $"What fixtures/subjects/*.json expect of each claim: {legend}; {NotNamed} where the file names none.", ["subject", .. KnownClaims.Ids]);
        foreach (string name in SubjectNeurons.Names)
        {
            SubjectFile subject = SubjectFile.Load(Repository.Fixture("subjects", $"{name}.json"));
            table.Add(name, KnownClaims.Ids.Select(claim => subject.Expect.TryGetValue(claim, out Verdict verdict) ? Letter(verdict) : NotNamed));
        }

        return WordedSnapshot.Verify(
            table.ToString(), "", nameof(ExpectedVerdictTests), (before, after) => TextTable.Changes(before, after, Word));
    }

    private static string Letter(Verdict verdict) => s_letters.Single(letter => letter.Verdict == verdict).Letter;

    private static string Word(string letter) => letter == NotNamed
        ? "not named"
        : s_letters.Where(known => known.Letter == letter).Select(known => known.Verdict.ToString()).FirstOrDefault(letter);
}
