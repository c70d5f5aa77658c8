namespace MWork.Probes.Neurons;

/// <summary>Which weights a neuron is a row or column of, as Zhao et al. 2024 count neurons.</summary>
public enum NeuronMatrix
{
    /// <summary>Row of the gate and up projections and column of the down projection: one neuron.</summary>
    Ffn,

    /// <summary>Row of W_Q.</summary>
    Query,

    /// <summary>Row of W_K.</summary>
    Key,

    /// <summary>Row of W_V.</summary>
    Value,

    /// <summary>Column of W_O: one coordinate of the heads' joined outputs.</summary>
    Output,
}
