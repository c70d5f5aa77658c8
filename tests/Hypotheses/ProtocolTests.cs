using System.Reflection;
using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Testing;
using Shouldly;

namespace MWork.Hypotheses;

/// <summary>What was fixed beforehand stays fixed: a number, a region or a text that moves needs a new version and a new file.</summary>
public sealed class ProtocolTests
{
    private const string Folder = "protocols";

    private static readonly Lazy<World> s_world = new(() => World.Load(Repository.Fixture("world")));

    public static TheoryData<string> Claims => [.. All().Select(entry => entry.Claim.Id).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Claims))]
    public void A_protocol_changes_with_its_version_only(string id)
    {
        (Claim claim, Protocol protocol) = All().Single(entry => entry.Claim.Id == id);
        string name = ProtocolFile.Name(claim, protocol);
        string text = ProtocolFile.Render(claim, protocol, s_world.Value.Hash);
        File.WriteAllText(Repository.Artifacts(Folder, name), text);

        string locked = Repository.Fixture(Folder, name);
        File.Exists(locked).ShouldBeTrue(
            $"{name} is a new version; read artifacts/{Folder}/{name}, copy it to fixtures/{Folder} and commit it before measuring.");
        text.ShouldBe(
            File.ReadAllText(locked), $"The protocol of {id} moved, but its version did not: raise Version, or take the change back.");
    }

    [Fact]
    public void Every_claim_under_test_is_a_known_one() =>
        All().ShouldAllBe(entry => KnownClaims.FamilyOf(entry.Claim.Id) == entry.Claim.Family);

    /// <summary>Every claim with the protocol of its family.</summary>
    private static IEnumerable<(Claim Claim, Protocol Protocol)> All() =>
        from type in typeof(ProtocolTests).Assembly.GetTypes()
        where type.IsSubclassOf(typeof(HypothesisTest))
        let fields = type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        from claim in fields.Where(field => field.FieldType == typeof(Claim))
        let protocol = fields.Single(field => field.FieldType.IsSubclassOf(typeof(Protocol)))
        select ((Claim)claim.GetValue(null)!, (Protocol)protocol.GetValue(null)!);
}
