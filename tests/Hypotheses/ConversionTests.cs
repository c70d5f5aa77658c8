using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Testing;
using Xunit.Abstractions;

namespace MWork.Hypotheses;

/// <summary>
/// MWork's first stage: a query is converted to a pivot-centred representation. Zhao et al., "How do Large Language Models Handle
/// Multilingualism?", NeurIPS 2024, section 3.1 and figure 2.
/// </summary>
[Hypothesis("Conversion")]
public sealed class ConversionTests(ITestOutputHelper output) : HypothesisTest(output)
{
    /// <summary>The numbers, fixed before any shipped model was trained.</summary>
    internal static readonly ConversionProtocol Protocol = new()
    {
        Version = 2,              // 1 had BCa intervals
        Top = 10,                 // k: enough tokens for a share, few enough that all lie in the lens's head
        SmallestGap = 0.10,       // δ: half of the smallest rise in the paper's figure 2
        SmallestAccuracy = 0.5,   // of the candidates; below it the model cannot do the task and a lens has nothing to show
        Seed = 20240229,
    };

    internal static readonly Claim C1 = new(
        "C1",
        "Conversion",
        "On prompts in other languages, the middle layers are pivot-centric.",
        "Zhao et al. 2024, section 3.1, figure 2",
        [
            new Criterion("middle − first", "share of pivot tokens", Region.Above(Protocol.SmallestGap)),
            new Criterion("middle − last", "share of pivot tokens", Region.Above(Protocol.SmallestGap)),
            new Criterion("middle − chance", "share of pivot tokens", Region.Above(0)),
        ]);

    [Theory, Claim("C1", AllTrained = true)]
    public void C1_middle_layers_are_pivot_centric(string subject) =>
        Decide(C1, Protocol, subject, s => PivotShare.Measure(s, C1, Protocol));
}

/// <summary>What decides C1.</summary>
internal sealed record ConversionProtocol : Protocol
{
    public required int Top { get; init; }

    public required double SmallestGap { get; init; }

    public required double SmallestAccuracy { get; init; }

    /// <summary>How many test facts to ask; all of them unless a quick control asks for fewer.</summary>
    public int? Facts { get; init; }
}
