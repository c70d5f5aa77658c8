using MWork.Probes.Tensors.Managed;

namespace MWork.Probes.Tensors;

/// <summary>The backends that this build has, and the one that a run uses unless a caller says otherwise.</summary>
public static partial class Backends
{
    /// <summary>The environment variable that names the backend: one of <see cref="BuiltIn"/>; <c>managed</c> where it is not set.</summary>
    public const string Variable = "MWORK_BACKEND";

    /// <summary>The environment variable that says where: <c>cpu</c>, <c>cuda</c> (every visible device) or <c>cuda:1</c>.</summary>
    public const string DeviceVariable = "MWORK_DEVICE";

    private const string ManagedName = "managed";

    private static readonly Lazy<IBackend> s_default = new(() => Create());

    /// <summary>Names, the managed backend first.</summary>
    public static IReadOnlyList<string> BuiltIn => [.. Makers().Keys];

    /// <summary>The backend that <c>MWORK_BACKEND</c> and <c>MWORK_DEVICE</c> ask for, made once.</summary>
    /// <exception cref="ArgumentException">They ask for what is not there.</exception>
    public static IBackend Default => s_default.Value;

    /// <summary>Makes a backend.</summary>
    /// <param name="name">One of <see cref="BuiltIn"/>; what <c>MWORK_BACKEND</c> says where it is null.</param>
    /// <param name="device">What <c>MWORK_DEVICE</c> says where it is null.</param>
    /// <param name="threads">Threads on the CPU; <c>MWORK_THREADS</c>, or else one per processor, where it is null.</param>
    /// <exception cref="ArgumentException">There is no such backend or device; says which there are.</exception>
    public static IBackend Create(string? name = null, string? device = null, int? threads = null)
    {
        name = Said(name, Variable) ?? ManagedName;
        device = Said(device, DeviceVariable);
        if (!Makers().TryGetValue(name, out Func<string?, int?, IBackend>? make))
        {
            throw new ArgumentException(
                $"{Variable} is '{name}', but this build has {string.Join(" and ", BuiltIn)}; build with -p:MWorkBackend=cpu or cuda for torch.");
        }

        try
        {
            return make(device, threads);
        }
        catch (Exception error) when (error is NotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            throw new ArgumentException($"The backend '{name}' is built in, but its libraries do not load here: {error.Message.Split('\n')[0]}", error);
        }
    }

    private static string? Said(string? given, string variable) =>
        given ?? (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } said ? said : null);

    private static OrderedDictionary<string, Func<string?, int?, IBackend>> Makers()
    {
        var makers = new OrderedDictionary<string, Func<string?, int?, IBackend>>
        {
            [ManagedName] = (device, threads) => device is null or "cpu"
                ? threads is null ? ManagedBackend.Shared : new ManagedBackend(threads)
                : throw new ArgumentException($"{DeviceVariable} is '{device}', but the managed backend has only cpu; set {Variable}=torch."),
        };
        AddTorch(makers);
        return makers;
    }

    /// <summary>Only a build with <c>-p:MWorkBackend</c> implements it.</summary>
    static partial void AddTorch(OrderedDictionary<string, Func<string?, int?, IBackend>> makers);
}
