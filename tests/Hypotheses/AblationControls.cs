using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.Planted;
using MWork.Probes.Tensors;
using MWork.Probes.Text;
using MWork.Testing;
using Shouldly;

namespace MWork.Hypotheses;

/// <summary>The Ablation tests can fail: deliberate faults in zones, neurons and interventions, on a model known to have the effect.</summary>
[Hypothesis("Ablation")]
public sealed class AblationControls
{
    // Fewer draws than the claim has: a control asks which way a verdict falls.
    private static readonly AblationProtocol s_quick = AblationTests.Protocol with { Draws = 79, ZoneDraws = 40 };

    private static Subject Positive => SubjectCatalog.Get("planted-positive");

    [Fact]
    public void T2_holds_without_a_fault() => T2(Positive).ShouldBe(Verdict.Supported);

    [Fact]
    public void T2_falls_when_the_layers_are_off_by_one() => T2(Positive.WithZones(understanding: 4, generation: 2)).ShouldBe(Verdict.Refuted);

    [Fact]
    public void T2_falls_when_documents_bear_another_language_s_label()
    {
        Language[] others = [.. Positive.NonPivot];
        T2(Positive, LanguageNeurons.Faulty(Positive, s_quick.Selection, language =>
            language == Positive.Pivot ? language : others[(Array.IndexOf(others, language) + 1) % others.Length])).ShouldBe(Verdict.Refuted);
    }

    /// <summary>W_up alone answers alike in all languages, and no neuron is any language's own.</summary>
    [Fact]
    public void T2_cannot_be_put_when_the_score_forgets_the_gate() =>
        T2(Positive, LanguageNeurons.Faulty(Positive, s_quick.Selection, oddities: new ReleasedOddities { UngatedFfnScore = true })).ShouldBe(Verdict.Invalid);

    /// <summary>Weights zeroed in place by one run and never restored, as in the released code: the next run finds nothing left to lose.</summary>
    [Fact]
    public void T2_falls_when_an_ablation_leaks()
    {
        LanguageNeurons neurons = LanguageNeurons.Ffn(Positive, s_quick.Selection);
        NeuronSet off = Positive.NonPivot.Aggregate(NeuronSet.Empty, (all, language) => all.Union(neurons.Specific(language)))
            .Ffn.InLayers(Positive.Zones.Solving(Positive.Layers));
        LanguageModel model = Positive.Model;
        Weights leaked = new(model.Decoder.Config, (name, shape) =>
        {
            float[] values = model.Decoder.Weights[name].ToArray();
            foreach (Neuron neuron in off.Where(neuron => WeightNames.Block(neuron.Layer, "ffn.up.weight") == name))
            {
                values.AsSpan(neuron.Index * shape[1], shape[1]).Clear();
            }

            return model.Ops.FromArray(values, shape);
        });
        using LanguageModel broken = model with { Decoder = new Decoder(model.Decoder.Config, leaked) };
        T2(Positive.WithModel(broken), neurons).ShouldBe(Verdict.Refuted);
    }

    /// <summary>
    /// Where every language has a script of its own, neurons that follow the script pass for the language's by all that is lost when they are off. Only
    /// the same languages in other letters tell.
    /// </summary>
    [Theory, InlineData(false, Verdict.Supported), InlineData(true, Verdict.Refuted)]
    public void T2_falls_when_neurons_follow_a_script_that_no_other_language_has(bool followsScript, Verdict verdict)
    {
        SubjectFile file = SubjectFile.Load(Repository.Fixture("subjects", "planted-positive.json"));
        string path = Repository.Artifacts("subjects", $"three-scripts-{followsScript}.json");
        File.WriteAllText(path, (file with
        {
            Languages = ["en", "zh", "ur"],
            World = Repository.Fixture("world"),
            Model = new ModelSource(Planted: new PlantedDesign { FollowsScript = followsScript }),
        }).ToJson());
        using Subject subject = Subject.Load(path, Backends.Default);
        Measurement measured = LanguageAblation.Measure(subject, AblationTests.T2, s_quick);
        measured.Findings.Take(2).ShouldAllBe(finding => finding.Verdict == Verdict.Supported);
        measured.Findings[2].Verdict.ShouldBe(verdict);
        measured.Findings[2].Note.ShouldBe(followsScript ? "the neurons follow a script, not a language" : null);
        Evidence.Decide(measured.Findings).ShouldBe(verdict);
    }

    [Fact]
    public void T3_falls_when_the_zones_change_places() => T3(Positive.WithZones(understanding: 6, generation: 0)).ShouldBe(Verdict.Refuted);

    private static Verdict T2(Subject subject, LanguageNeurons? neurons = null) =>
        Evidence.Decide(LanguageAblation.Measure(subject, AblationTests.T2, s_quick, neurons).Findings);

    private static Verdict T3(Subject subject) => Evidence.Decide(ZoneAblation.Measure(subject, AblationTests.T3, s_quick).Findings);
}
