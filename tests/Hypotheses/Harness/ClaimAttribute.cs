using System.Reflection;
using MWork.Testing;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace MWork.Hypotheses.Harness;

/// <summary>
/// The subjects of a claim, <see cref="SubjectCatalog.For"/>, as data of a theory, and its id as a trait: <c>dotnet test --filter Claim=T2</c> runs it alone.
/// </summary>
/// <param name="id">The claim's id, e.g. "T2".</param>
[TraitDiscoverer("MWork.Hypotheses.Harness.ClaimDiscoverer", ThisTestAssembly.Name)]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClaimAttribute(string id) : DataAttribute, ITraitAttribute
{
    public string Id => id;

    /// <summary>Whether every run asks all trained models, and not one of them.</summary>
    public bool AllTrained { get; init; }

    /// <summary>Set where the subject that was asked for is a released model whose weights are not here.</summary>
    public override string? Skip
    {
        get
        {
            if (SubjectCatalog.Absence is { } absence)
            {
                VerdictSummary.Skip(absence);
                return absence;
            }

            return base.Skip;
        }
        set => base.Skip = value;
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => SubjectCatalog.For(id, AllTrained);
}

/// <summary>What xunit asks for the trait of <see cref="ClaimAttribute"/>.</summary>
public sealed class ClaimDiscoverer : ITraitDiscoverer
{
    public IEnumerable<KeyValuePair<string, string>> GetTraits(IAttributeInfo traitAttribute) =>
        [new("Claim", traitAttribute.GetNamedArgument<string>(nameof(ClaimAttribute.Id)))];
}
