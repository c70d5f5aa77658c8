using MWork.Probes.Neurons;
using Shouldly;
using Xunit.Abstractions;

namespace MWork.Regression.Snapshots;

/// <summary>
/// How much of what was planted each detector finds, and how much of what it finds was planted. In FFN layers; the sets are compared with
/// <c>Subject.Planted</c>.
/// </summary>
public sealed class PlantedRecoveryTests(ITestOutputHelper output)
{
    // The construction says 1 (docs/planted-models.md); a little below, so that other text may be used.
    private const double Enough = 0.95;

    private readonly SubjectNeurons _found = SubjectNeurons.Of("planted-positive");

    [Fact]
    public void PLND_as_described_finds_what_was_planted_and_little_else()
    {
        foreach (string language in _found.Languages)
        {
            (double precision, double recall) = Rates(_found.Detectors[SubjectNeurons.Described][language], _found.Planted[language]);
            precision.ShouldBeGreaterThanOrEqualTo(Enough, language);
            recall.ShouldBeGreaterThanOrEqualTo(Enough, language);
        }
    }

    [Fact]
    public Task Precision_and_recall_are_as_before()
    {
        var table = new TextTable(
            $"planted-positive: language-specific FFN neurons that were planted, and those that are found in {_found.Text}",
            ["neurons of", "planted", "found", "both", "precision", "recall"]);
        foreach ((string detector, IReadOnlyDictionary<string, NeuronSet> sets) in _found.Detectors)
            Add(detector, sets);

        // Told how many there are: what is left is how well they are ranked.
        double share = (double)_found.Planted.Values.Sum(planted => planted.Count) / _found.Neurons;
        Add("LAPE, number given", _found.LapeKeeping(share));
        Add("average precision, number given", _found.HighestPrecision(language => _found.Planted[language].Count));
        output.WriteLine(table.ToString());

        return WordedSnapshot.Verify(table.ToString(), "", nameof(PlantedRecoveryTests), TextTable.Changes);

        void Add(string detector, IReadOnlyDictionary<string, NeuronSet> sets)
        {
            foreach (string language in _found.Languages)
            {
                (NeuronSet found, NeuronSet planted) = (sets[language], _found.Planted[language]);
                (double precision, double recall) = Rates(found, planted);
                int both = found.Intersect(planted).Count;
                table.Add(
                    $"{detector}, {language}",
                    [Figures.Whole(planted.Count), Figures.Whole(found.Count), Figures.Whole(both), Figures.Share(precision), Figures.Share(recall)]);
            }
        }
    }

    private static (double Precision, double Recall) Rates(NeuronSet found, NeuronSet planted)
    {
        double both = found.Intersect(planted).Count;
        return (both / found.Count, both / planted.Count);
    }
}
