using MWork.Testing;
using Shouldly;
using VerifyTests;
using VerifyXunit;

namespace MWork.Regression.Models;

/// <summary>
/// What the released models are made of, pinned without their weights: names, shapes and the published number of parameters
/// (<c>fixtures/configs/README.md</c>).
/// </summary>
public sealed class ArchitectureTests
{
    public static TheoryData<string, long> Released => new()
    {
        { "bloomz-7b1", 7_069_016_064 },
        { "gemma-2-9b", 9_241_705_984 },
        { "llama-2-7b", 6_738_415_616 },
        { "llama-3-8b", 8_030_261_248 },
        { "mistral-7b-v0.1", 7_241_732_096 },
        { "qwen2.5-7b", 7_615_616_512 },
        { "qwen3-8b", 8_190_735_360 },
        { "vicuna-7b-v1.5", 6_738_415_616 },
    };

    [Theory, MemberData(nameof(Released))]
    public Task A_released_model_has_these_tensors(string name, long parameters)
    {
        var listing = ShapeListing.Of(name);
        listing.Parameters.ShouldBe(parameters);
        var settings = new VerifySettings();
        settings.UseDirectory("Architectures");
        settings.UseFileName(name);
        return Verifier.Verify(listing.ToString(), settings);
    }

    [Fact]
    public void Every_configuration_is_listed() => Directory.GetFiles(Repository.Fixture("configs"), "*.json")
        .Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)
        .ShouldBe(Released.Select(row => (string)row[0]));
}
