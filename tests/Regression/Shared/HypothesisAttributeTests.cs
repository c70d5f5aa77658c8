using MWork.Testing;
using Shouldly;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace MWork.Regression.Shared;

public sealed class HypothesisAttributeTests
{
    [Fact]
    [Hypothesis("Conversion")]
    [Hypothesis("Translation")]
    public void Xunit_sees_the_trait()
    {
        IMethodInfo method = Reflector.Wrap(typeof(HypothesisAttributeTests).GetMethod(nameof(Xunit_sees_the_trait))!);
        var traits = method.GetCustomAttributes(typeof(ITraitAttribute))
            .SelectMany(attribute => ExtensibilityPointFactory
                .GetTraitDiscoverer(new Xunit.Sdk.NullMessageSink(), attribute.GetCustomAttributes(typeof(TraitDiscovererAttribute)).Single())
                .GetTraits(attribute));
        traits.Order(Comparer<KeyValuePair<string, string>>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value)))
            .ShouldBe([new("Hypothesis", "Conversion"), new("Hypothesis", "Translation")]);
    }

    [Fact]
    public void The_repository_is_found_from_the_test_assembly()
    {
        File.Exists(Path.Combine(Repository.Root, "MWork.Hypotheses.sln")).ShouldBeTrue();
        File.Exists(Repository.Fixture("golden", "README.md")).ShouldBeTrue();
        Directory.Exists(Path.GetDirectoryName(Repository.Artifacts("scratch", "a.txt"))).ShouldBeTrue();
    }
}
