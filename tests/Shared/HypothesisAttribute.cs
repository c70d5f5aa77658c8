using Xunit.Abstractions;
using Xunit.Sdk;

namespace MWork.Testing;

/// <summary>
/// Names the claim family that a test decides, so that <c>dotnet test --filter Hypothesis=Conversion</c> runs that family alone.
/// </summary>
/// <param name="name">The trait value of the claim's row in <c>docs/claims.md</c>, e.g. <c>"Conversion"</c>.</param>
[TraitDiscoverer("MWork.Testing.HypothesisDiscoverer", ThisTestAssembly.Name)]
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class HypothesisAttribute(string name) : Attribute, ITraitAttribute
{
    /// <summary>The key that a test filter asks for.</summary>
    public const string Trait = "Hypothesis";

    public string Name { get; } = name;
}

/// <summary>What xunit asks for the traits of <see cref="HypothesisAttribute"/>.</summary>
public sealed class HypothesisDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) =>
        [new(HypothesisAttribute.Trait, traitAttribute.GetNamedArgument<string>(nameof(HypothesisAttribute.Name)))];
}
