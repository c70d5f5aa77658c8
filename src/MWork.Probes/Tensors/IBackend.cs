namespace MWork.Probes.Tensors;

/// <summary>What carries the op list out: <see cref="Managed.ManagedBackend"/>, or another that <see cref="Backends"/> has built in.</summary>
public interface IBackend : ITensorOps
{
    /// <summary>E.g. "managed".</summary>
    string Name { get; }

    /// <summary>What could change a bit of a result, for the evidence: threads, device, precision of products.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Tensors of this process that nobody has disposed yet, inner results among them: what leaks makes it grow.</summary>
    long LiveTensors { get; }
}
