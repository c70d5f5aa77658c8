using System.Reflection;
using Xunit.Sdk;

namespace MWork.Hypotheses.Harness;

/// <summary>The subjects of a claim, <see cref="SubjectCatalog.For"/>, as data of a theory.</summary>
/// <param name="id">The claim's id, e.g. "T2".</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClaimAttribute(string id) : DataAttribute
{
    public string Id => id;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => SubjectCatalog.For(id);
}
