using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Testing;
using Xunit.Abstractions;

namespace MWork.Hypotheses;

/// <summary>
/// MWork's first stage: a query is converted to a pivot-centred representation. Zhao et al., "How do Large Language Models Handle
/// Multilingualism?", NeurIPS 2024, section 3.1 and figure 2; the reading of C3 is this project's, because a lens alone cannot tell
/// conversion from collapse.
/// </summary>
[Hypothesis("Conversion")]
public sealed class ConversionTests(ITestOutputHelper output) : HypothesisTest(output)
{
    /// <summary>The numbers of both claims, fixed before any shipped model was trained.</summary>
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

    internal static readonly Claim C3 = new(
        "C3",
        "Conversion",
        "What the middle layers hold still means the query.",
        "this project, after Zhao et al. 2024, section 3.1",
        [
            new Criterion("retrieval − permuted", "rate at rank 1", Region.Above(0)),
            new Criterion("retrieval − first layer", "rate at rank 1", Region.Above(0)),
            new Criterion("retrieval − untrained", "rate at rank 1", Region.Above(0)),
        ]);

    [Theory, Claim("C1", AllTrained = true)]
    public void C1_middle_layers_are_pivot_centric(string subject) =>
        Decide(C1, Protocol, subject, s => PivotShare.Measure(s, C1, Protocol));

    [Theory, Claim("C3", AllTrained = true)]
    public void C3_the_converted_state_still_means_the_query(string subject) =>
        Decide(C3, Protocol, subject, s => TwinSearch.Measure(s, C3, Protocol));
}

/// <summary>What decides C1 and C3.</summary>
internal sealed record ConversionProtocol : Protocol
{
    public required int Top { get; init; }

    public required double SmallestGap { get; init; }

    public required double SmallestAccuracy { get; init; }

    /// <summary>How many test facts to ask; all of them unless a quick control asks for fewer.</summary>
    public int? Facts { get; init; }
}
