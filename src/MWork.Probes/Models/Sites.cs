using System.Globalization;

namespace MWork.Probes.Models;

/// <summary>
/// The names of the places in a forward pass that a plan can record or edit. Shapes: B rows, T positions, D residual width, H query
/// heads, G key-value heads, d head size, S keys, F neurons, V vocabulary.
/// </summary>
public static class Sites
{
    /// <summary>[B, T, D], after scaling and any norm of the embedding.</summary>
    public const string Embed = "embed";

    /// <summary>[B, T, D], after the last norm.</summary>
    public const string FinalNorm = "norm";

    /// <summary>[B, T, V].</summary>
    public const string Logits = "logits";

    internal const string AttentionInputName = "attention.input";
    internal const string QueryName = "attention.q";
    internal const string KeyName = "attention.k";
    internal const string ValueName = "attention.v";
    internal const string ScoresName = "attention.scores";
    internal const string ProbsName = "attention.probs";
    internal const string MixName = "attention.mix";
    internal const string AttentionOutName = "attention.out";
    internal const string ResidPreName = "resid_pre";
    internal const string ResidMidName = "resid_mid";
    internal const string ResidPostName = "resid_post";
    internal const string FfnInputName = "ffn.input";
    internal const string FfnGateName = "ffn.gate";
    internal const string FfnUpName = "ffn.up";
    internal const string FfnActivationName = "ffn.activation";
    internal const string FfnOutName = "ffn.out";

    private static readonly string[] s_blockNames =
    [
        ResidPreName, AttentionInputName, QueryName, KeyName, ValueName, ScoresName, ProbsName, MixName, AttentionOutName,
        ResidMidName, FfnInputName, FfnGateName, FfnUpName, FfnActivationName, FfnOutName, ResidPostName,
    ];

    /// <summary>[B, T, D], the residual stream as a block finds it.</summary>
    public static string ResidPre(int layer) => At(layer, ResidPreName);

    /// <summary>[B, T, D], between attention and feed-forward.</summary>
    public static string ResidMid(int layer) => At(layer, ResidMidName);

    /// <summary>[B, T, D], as a block leaves it.</summary>
    public static string ResidPost(int layer) => At(layer, ResidPostName);

    /// <summary>[B, T, D], the normed input of attention.</summary>
    public static string AttentionInput(int layer) => At(layer, AttentionInputName);

    /// <summary>[B, T, H·d], the query projection before any norm and rotation.</summary>
    public static string Query(int layer) => At(layer, QueryName);

    /// <summary>[B, T, G·d], the key projection before any norm and rotation.</summary>
    public static string Key(int layer) => At(layer, KeyName);

    /// <summary>[B, T, G·d].</summary>
    public static string Value(int layer) => At(layer, ValueName);

    /// <summary>[B, H, T, S], scaled and capped, before the mask.</summary>
    public static string Scores(int layer) => At(layer, ScoresName);

    /// <summary>[B, H, T, S], after softmax.</summary>
    public static string Probs(int layer) => At(layer, ProbsName);

    /// <summary>[B, T, H·d], the input of the output projection.</summary>
    public static string Mix(int layer) => At(layer, MixName);

    /// <summary>[B, T, D], what attention adds to the residual stream.</summary>
    public static string AttentionOut(int layer) => At(layer, AttentionOutName);

    /// <summary>[B, T, D], the normed input of the feed-forward layer.</summary>
    public static string FfnInput(int layer) => At(layer, FfnInputName);

    /// <summary>[B, T, F], before the activation function; only in gated layers.</summary>
    public static string FfnGate(int layer) => At(layer, FfnGateName);

    /// <summary>[B, T, F].</summary>
    public static string FfnUp(int layer) => At(layer, FfnUpName);

    /// <summary>[B, T, F], the input of the down projection: the neurons.</summary>
    public static string FfnActivation(int layer) => At(layer, FfnActivationName);

    /// <summary>[B, T, D], what the feed-forward layer adds to the residual stream.</summary>
    public static string FfnOut(int layer) => At(layer, FfnOutName);

    /// <summary>Every site of a model with this many layers, in the order of a forward pass.</summary>
    public static IEnumerable<string> All(int layers) =>
        [Embed, .. Enumerable.Range(0, layers).SelectMany(OfBlock), FinalNorm, Logits];

    /// <summary>Every site of a block, in the order of a forward pass.</summary>
    internal static IEnumerable<string> OfBlock(int layer) => s_blockNames.Select(name => At(layer, name));

    internal static string At(int layer, string name) => string.Create(CultureInfo.InvariantCulture, $"blocks.{layer}.{name}");
}
