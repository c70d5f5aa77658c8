using MWork.Probes.Models;
using MWork.Probes.Text;

namespace MWork.Probes.Neurons.Detection;

/// <summary>A way to find the neurons of languages: what it measures, document by document, and what it selects from that.</summary>
public abstract class Detector
{
    /// <summary>PLND as the paper describes it.</summary>
    public const string PlndDescribed = PlndDetector.Described;

    /// <summary>PLND as the authors' code has it.</summary>
    public const string PlndReleased = PlndDetector.Released;

    /// <summary>What <see cref="Create"/> knows.</summary>
    public static IReadOnlyList<string> Methods { get; } =
        [PlndDetector.Described, PlndDetector.Released, LapeDetector.Name, AveragePrecisionDetector.Name];

    /// <summary>One of <see cref="Methods"/>.</summary>
    public abstract string Method { get; }

    /// <summary>Everything that decides the sets besides model, text and pivot, in one line.</summary>
    public abstract string Options { get; }

    /// <summary>A detector with the settings of its paper, but for those that are named.</summary>
    /// <param name="method">One of <see cref="Methods"/>.</param>
    /// <param name="config">The model's: the released code's counts are scaled to it.</param>
    /// <param name="share">For PLND the share of a layer's matrix that is important in a document, for LAPE the share of all FFN neurons that
    /// is kept, for average precision the share of all FFN neurons that each language gets; null for the default.</param>
    /// <param name="matrices">What PLND measures; null for all. The others look at FFN neurons only.</param>
    /// <exception cref="ArgumentException">There is no such method, or it has no such setting.</exception>
    public static Detector Create(string method, ModelConfig config, double? share = null, IReadOnlyList<NeuronMatrix>? matrices = null)
    {
        if (share is not null && !(share > 0 && share <= 1))
        {
            throw new ArgumentException($"The share is {share}; it must be more than 0 and at most 1.");
        }

        if (matrices is not null && method is LapeDetector.Name or AveragePrecisionDetector.Name)
        {
            throw new ArgumentException($"{method} looks at FFN neurons only; matrices can be named for plnd and plnd-released.");
        }

        if (share is not null && method == PlndDetector.Released)
        {
            throw new ArgumentException($"{method} takes a number of neurons per layer and no share, as the released code does; leave the share out.");
        }

        var options = new PlndOptions { Matrices = matrices ?? Enum.GetValues<NeuronMatrix>() };
        return method switch
        {
            PlndDetector.Described => new PlndDetector(method, options with { TopShare = share ?? options.TopShare }),
            PlndDetector.Released => new PlndDetector(
                method, options with { Oddities = ReleasedOddities.Released(TopCount.Readme.For(config)) }),
            LapeDetector.Name => new LapeDetector(new LapeOptions() is var lape && share is { } kept ? lape with { KeptShare = kept } : new LapeOptions()),
            AveragePrecisionDetector.Name => new AveragePrecisionDetector(share ?? AveragePrecisionDetector.DefaultShare),
            _ => throw Unknown(method),
        };
    }

    /// <summary>The detector that <see cref="Method"/> and <see cref="Options"/> describe.</summary>
    /// <exception cref="ArgumentException">They describe none.</exception>
    public static Detector Parse(string method, string options) => method switch
    {
        PlndDetector.Described or PlndDetector.Released => new PlndDetector(method, PlndDetector.ParseOptions(options)),
        LapeDetector.Name => LapeDetector.Parse(options),
        AveragePrecisionDetector.Name => AveragePrecisionDetector.Parse(options),
        _ => throw Unknown(method),
    };

    /// <summary>Measures documents, each under its own language.</summary>
    /// <param name="resumed">What an earlier run has of them, or null.</param>
    /// <param name="afterBatch">Given the counts after every forward pass.</param>
    public abstract IDetectorCounts Measure(
        LanguageModel model, IEnumerable<Document> documents, IDetectorCounts? resumed, Action<IDetectorCounts> afterBatch,
        CancellationToken cancellation);

    /// <exception cref="NeuronFileException">The file cannot be used.</exception>
    public abstract IDetectorCounts Load(string path);

    /// <exception cref="ArgumentException">They are of different models or options, or two hold the same document.</exception>
    public abstract IDetectorCounts Merge(IEnumerable<IDetectorCounts> parts);

    /// <summary>The neurons of every language, with what they came from.</summary>
    /// <param name="pivot">The language held to be central; only PLND asks for it.</param>
    public abstract NeuronSetFile Select(IDetectorCounts counts, string pivot);

    private static ArgumentException Unknown(string method) =>
        new($"There is no method '{method}'; there are {string.Join(", ", Methods)}.");
}
