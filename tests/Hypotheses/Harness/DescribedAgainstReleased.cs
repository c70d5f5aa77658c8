using MWork.Probes.Evidence;
using MWork.Probes.Neurons;
using MWork.Probes.Report;
using MWork.Probes.Subjects;

namespace MWork.Hypotheses.Harness;

/// <summary>How many feed-forward neurons PLND finds as the paper describes it, as the authors' code has it, and both ways. It decides nothing.</summary>
internal static class DescribedAgainstReleased
{
    public static Grid Compare(Subject subject, NeuronSelection selection)
    {
        var described = LanguageNeurons.Ffn(subject, selection);
        var released = LanguageNeurons.Faulty(
            subject, selection, oddities: ReleasedOddities.Released(TopCount.Readme.For(subject.Model.Decoder.Config)));
        return new Grid(
            ClaimFigures.DetectorGrid,
            $"neurons, {selection.Documents} documents of {selection.Tokens} tokens per language",
            [.. subject.Languages.Select(language => language.Code)],
            ["only described", "both", "only released"],
            [.. subject.Languages.Select(language =>
            {
                (NeuronSet first, NeuronSet second) = (described.Specific(language), released.Specific(language));
                return (IReadOnlyList<double>)[first.Except(second).Count, first.Intersect(second).Count, second.Except(first).Count];
            })]);
    }
}
