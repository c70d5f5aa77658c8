using System.Text.Json.Serialization;

namespace MWork.Probes.Evidence;

// Generated, so that the order of properties is that of the source, and files differ only where the evidence does.
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Evidence))]
internal sealed partial class EvidenceJsonContext : JsonSerializerContext;
