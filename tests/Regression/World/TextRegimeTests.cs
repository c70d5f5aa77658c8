using MWork.Probes.Subjects.SmallWorld;
using Shouldly;

namespace MWork.Regression.Worlds;

public sealed class TextRegimeTests
{
    [Fact]
    public void A_regime_survives_json()
    {
        TextRegime regime = SmallWorld.Regime with { CodeSwitchTarget = CodeSwitchTarget.Any };
        var again = TextRegime.Parse(regime.ToJson());
        again.ToJson().ShouldBe(regime.ToJson());
        again.LanguageShares.ShouldBe(regime.LanguageShares);
        regime.ToJson().ShouldContain("\"codeSwitchTarget\": \"any\"");
    }

    public static TheoryData<string, TextRegime, string> Faults => new()
    {
        { "unknown language", SmallWorld.Regime with { LanguageShares = Shares(("en", 0.5), ("de", 0.5)) }, "languageShares names 'de'" },
        { "pivot without a share", SmallWorld.Regime with { LanguageShares = Shares(("fr", 1)) }, "pivot 'en' has no share" },
        { "pivot in a variant", SmallWorld.Regime with { Pivot = "zh-Latn", LanguageShares = Shares(("zh-Latn", 1)) }, "script variant" },
        { "language shares", SmallWorld.Regime with { LanguageShares = Shares(("en", 0.5), ("fr", 0.4)) }, "add up to 0.9 and must add up to 1" },
        { "negative share", SmallWorld.Regime with { LanguageShares = Shares(("en", 1.5), ("fr", -0.5)) }, "share below 0" },
        { "kind shares", SmallWorld.Regime with { KnowledgeShare = 0.9 }, "knowledgeShare, reasoningShare and translationShare add up to 1.4" },
        { "not a number", SmallWorld.Regime with { KnowledgeShare = double.NaN }, "share below 0" },
        { "rate", SmallWorld.Regime with { CodeSwitchRate = 1.2 }, "codeSwitchRate is 1.2 and must lie in [0, 1]" },
        { "withhold", SmallWorld.Regime with { WithholdShare = -1 }, "withholdShare is -1 and must lie in [0, 1]" },
        { "translation alone", SmallWorld.Regime with { LanguageShares = Shares(("en", 1)), CodeSwitchRate = 0 }, "translationShare takes two languages" },
        { "short rows", SmallWorld.Regime with { SequenceLength = 14 }, "sequenceLength is 14 and must be at least 15" },
        { "no rows", SmallWorld.Regime with { SequencesPerStep = 0 }, "sequencesPerStep is 0 and must be at least 1" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_regime_that_cannot_be_carried_out_says_so(string fault, TextRegime regime, string expected)
    {
        string message = Should.Throw<InvalidDataException>(() => new TrainingText(SmallWorld.World, regime, 1), fault).Message;
        message.ShouldStartWith("Text regime 'test': ");
        message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("{", "is not JSON at line 1")]
    [InlineData("null", "null is not a text regime")]
    [InlineData("""{"name": "a", "pivot": "en"}""", "languageShares")]
    [InlineData("""{"name": "a", "pivot": "en", "languageShares": null}""", "languageShares")]
    [InlineData("""{"name": "a", "pivot": "en", "languageShares": {"en": 1}, "pivto": 3}""", "pivto")]
    [InlineData("""{"name": "a", "pivot": "en", "languageShares": {"en": 1}, "codeSwitchTarget": "both"}""", "codeSwitchTarget")]
    public void Bad_json_names_the_file_and_the_field(string json, string expected)
    {
        string message = Should.Throw<InvalidDataException>(() => TextRegime.Parse(json, "regime.json")).Message;
        message.ShouldContain("regime.json");
        message.ShouldContain(expected);
    }

    private static Dictionary<string, double> Shares(params (string Code, double Share)[] shares) =>
        shares.ToDictionary(pair => pair.Code, pair => pair.Share);
}
