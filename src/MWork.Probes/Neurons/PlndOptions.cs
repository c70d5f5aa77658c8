using System.Text.Json;
using System.Text.Json.Serialization;

namespace MWork.Probes.Neurons;

/// <summary>What "switching a query or key neuron off" means.</summary>
public enum QueryKeyDefinition
{
    /// <summary>Coordinate k of queries and keys as the scores are made of them, after norm and rotation: the paper's
    /// formula.</summary>
    Coordinate,

    /// <summary>Row k of the projection, before norm and rotation: what switching the row off really does. Under rotary positions
    /// a row feeds two coordinates, and under a norm all of its head's.</summary>
    Row,
}

/// <summary>How PLND measures and selects (Zhao et al. 2024, section 2.2). The defaults are the method as described.</summary>
public sealed record PlndOptions
{
    private static readonly JsonSerializerOptions s_json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>q: a neuron is important in a document when it is in this share of its layer and matrix. At least one neuron is
    /// asked for, and the share is rounded up.</summary>
    public double TopShare { get; init; } = 0.1;

    public QueryKeyDefinition QueryKey { get; init; } = QueryKeyDefinition.Coordinate;

    /// <summary>Which matrices to measure. Queries and keys cost more than all the rest.</summary>
    public IReadOnlyList<NeuronMatrix> Matrices { get; init; } = Enum.GetValues<NeuronMatrix>();

    /// <summary>In what the released code differs; nothing unless asked for.</summary>
    public ReleasedOddities Oddities { get; init; } = ReleasedOddities.None;

    /// <summary>One line that two options share exactly when they measure and select the same.</summary>
    [JsonIgnore]
    public string Description => JsonSerializer.Serialize(this with { Matrices = [.. Matrices.Distinct().Order()] }, s_json);

    internal static PlndOptions? Parse(string description) => JsonSerializer.Deserialize<PlndOptions>(description, s_json);

    /// <exception cref="ArgumentException">The share is outside (0, 1], or there is no matrix.</exception>
    internal void Check()
    {
        if (!(TopShare > 0 && TopShare <= 1))
        {
            throw new ArgumentException(
                $"PLND's TopShare is {TopShare}; it is a share of the neurons, more than 0 and at most 1.");
        }

        if (Matrices.Count == 0)
        {
            throw new ArgumentException("PLND's Matrices are empty; name at least one matrix to measure.");
        }
    }
}
