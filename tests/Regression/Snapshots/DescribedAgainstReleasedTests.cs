using MWork.Probes.Neurons;
using MWork.Probes.Statistics;

namespace MWork.Regression.Snapshots;

/// <summary>How far the neurons that the released code finds are those that the paper describes, layer by layer.</summary>
public sealed class DescribedAgainstReleasedTests
{
    public static TheoryData<string> Subjects => [.. SubjectNeurons.Names];

    [Theory, MemberData(nameof(Subjects))]
    public Task The_description_and_the_released_code_differ_as_before(string subject)
    {
        SubjectNeurons found = SubjectNeurons.Of(subject);
        var table = new TextTable(
            $"{subject}, pivot {found.Pivot}: FFN neurons of PLND as described and as released, {found.Text}",
            ["neurons of", "both", "only described", "only released", "Jaccard"]);
        foreach (string language in found.Languages)
        {
            NeuronSet described = found.Detectors[SubjectNeurons.Described][language];
            NeuronSet released = found.Detectors[SubjectNeurons.Released][language];
            Add($"{language}, all layers", described, released);
            for (int layer = 0; layer < found.Layers; layer++)
                Add($"{language}, layer {layer}", described.InLayers([layer]), released.InLayers([layer]));
        }

        return WordedSnapshot.Verify(table.ToString(), "DescribedAgainstReleased", subject, TextTable.Changes);

        void Add(string row, NeuronSet described, NeuronSet released) => table.Add(
            row,
            Figures.Whole(described.Intersect(released).Count),
            Figures.Whole(described.Except(released).Count),
            Figures.Whole(released.Except(described).Count),
            Figures.Share(Overlap.Jaccard(described, released)));
    }
}
