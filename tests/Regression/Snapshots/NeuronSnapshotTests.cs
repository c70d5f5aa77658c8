using MWork.Probes.Neurons;

namespace MWork.Regression.Snapshots;

/// <summary>
/// The language-specific neurons of every embedded subject by every detector, neuron by neuron. The managed backend is bit-exact, so a set that moves was
/// moved: by the weights, the text, the forward pass or the detector.
/// </summary>
public sealed class NeuronSnapshotTests
{
    public static TheoryData<string> Subjects => [.. SubjectNeurons.Names];

    [Theory, MemberData(nameof(Subjects))]
    public Task Every_detector_finds_the_same_neurons_as_before(string subject)
    {
        SubjectNeurons found = SubjectNeurons.Of(subject);
        var listing = new NeuronListing($"{subject}, pivot {found.Pivot}: {found.Neurons} FFN neurons in {found.Layers} layers, {found.Text}");
        foreach ((string detector, IReadOnlyDictionary<string, NeuronSet> sets) in found.Detectors)
        {
            foreach (string language in found.Languages)
                listing.Add(detector, language, sets[language]);
        }

        return WordedSnapshot.Verify(listing.ToString(), "Neurons", subject, (before, after) =>
            NeuronChanges.Tell(NeuronListing.Parse(before), NeuronListing.Parse(after)));
    }
}
