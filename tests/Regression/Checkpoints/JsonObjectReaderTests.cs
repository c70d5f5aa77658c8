using System.Text;
using System.Text.Json;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Randomness;
using Shouldly;

namespace MWork.Regression.Checkpoints;

public sealed class JsonObjectReaderTests
{
    [Theory]
    [InlineData("{\"n\":\"abc\"}", "config.json: field 'n' must be a positive integer, but is \"abc\".")]
    [InlineData("{\"n\":0}", "config.json: field 'n' must be a positive integer, but is 0.")]
    [InlineData("{\"n\":-7}", "config.json: field 'n' must be a positive integer, but is -7.")]
    [InlineData("{\"n\":1.5}", "config.json: field 'n' must be a positive integer, but is 1.5.")]
    [InlineData("{\"n\":32.0}", "config.json: field 'n' must be a positive integer, but is 32.0.")]
    [InlineData("{\"n\":2147483648}", "config.json: field 'n' must be a positive integer, but is 2147483648.")]
    [InlineData("{\"n\":[1,\n2]}", "config.json: field 'n' must be a positive integer, but is [1, 2].")]
    [InlineData("{\"n\":null}", "config.json: field 'n' is missing; add it.")]
    [InlineData("{}", "config.json: field 'n' is missing; add it.")]
    public void A_field_that_is_no_positive_integer_is_refused(string json, string message) =>
        Should.Throw<CheckpointException>(() => Parse(json).GetInt("n")).Message.ShouldBe(message);

    [Fact]
    public void Fields_are_read_as_their_kind()
    {
        JsonObjectReader config = Parse("""
            {"i": 32, "z": 0, "neg": -3, "f": 1e-06, "whole": 10000, "s": "silu", "b": true, "none": null,
             "o": {"factor": 8.0, "inner": {"x": 1}}, "a": [1, "two", {"x": 3}], "empty": []}
            """);
        config.GetInt("i").ShouldBe(32);
        config.GetInt("z", minimum: 0).ShouldBe(0);
        config.GetInt("neg", int.MinValue).ShouldBe(-3);
        config.GetOptionalInt("i").ShouldBe(32);
        config.GetFloat("f").ShouldBe(1e-6f);
        config.GetFloat("whole").ShouldBe(10000f);
        config.GetString("s").ShouldBe("silu");
        config.GetBool("b").ShouldBeTrue();
        config.GetObject("o").GetFloat("factor").ShouldBe(8f);
        config.GetObject("o").GetObject("inner").GetInt("x").ShouldBe(1);
        IReadOnlyList<JsonField> items = config.GetArray("a");
        items[0].AsInt().ShouldBe(1);
        items[1].AsString().ShouldBe("two");
        items[1].Kind.ShouldBe(JsonValueKind.String);
        items[2].AsObject().GetInt("x").ShouldBe(3);
        config.GetArray("empty").ShouldBeEmpty();
        config.Names.Count().ShouldBe(11);
    }

    [Fact]
    public void Absent_and_null_optional_fields_are_null()
    {
        JsonObjectReader config = Parse("{\"n\":null}");
        foreach (string field in new[] { "n", "gone" })
        {
            config.Has(field).ShouldBeFalse();
            config.GetOptionalInt(field).ShouldBeNull();
            config.GetOptionalFloat(field).ShouldBeNull();
            config.GetOptionalString(field).ShouldBeNull();
            config.GetOptionalBool(field).ShouldBeNull();
            config.GetOptionalObject(field).ShouldBeNull();
            config.GetOptionalArray(field).ShouldBeNull();
        }
    }

    [Fact]
    public void Each_kind_says_what_it_should_be_and_where()
    {
        JsonObjectReader config = Parse("{\"o\":{\"x\":1,\"a\":[1,{\"y\":\"q\"}]},\"big\":1e99}");
        JsonObjectReader inner = config.GetObject("o");
        Message(() => inner.GetString("x")).ShouldBe("config.json: field 'o.x' must be a text, but is 1.");
        Message(() => inner.GetBool("x")).ShouldBe("config.json: field 'o.x' must be true or false, but is 1.");
        Message(() => inner.GetObject("x")).ShouldBe("config.json: field 'o.x' must be an object, but is 1.");
        Message(() => inner.GetArray("x")).ShouldBe("config.json: field 'o.x' must be an array, but is 1.");
        Message(() => inner.GetInt("x", minimum: 2)).ShouldBe("config.json: field 'o.x' must be an integer of at least 2, but is 1.");
        Message(() => inner.GetOptionalString("x")).ShouldContain("must be a text");
        Message(() => inner.GetArray("a")[0].AsString()).ShouldBe("config.json: field 'o.a[0]' must be a text, but is 1.");
        Message(() => inner.GetArray("a")[1].AsObject().GetInt("y", 0))
            .ShouldBe("config.json: field 'o.a[1].y' must be an integer that is not negative, but is \"q\".");
        Message(() => config.GetFloat("big")).ShouldBe("config.json: field 'big' must be a number that float32 can hold, but is 1e99.");
        Message(() => inner.GetInt("gone")).ShouldBe("config.json: field 'o.gone' is missing; add it.");
        Message(() => throw inner.Require("x").Wrong("even")).ShouldBe("config.json: field 'o.x' must be even, but is 1.");
    }

    [Fact]
    public void Unknown_fields_can_be_refused()
    {
        JsonObjectReader scaling = Parse("{\"rope_scaling\":{\"rope_type\":\"llama3\",\"mscale\":1}}").GetObject("rope_scaling");
        scaling.RequireOnly("rope_type", "mscale");
        Message(() => scaling.RequireOnly("rope_type", "factor"))
            .ShouldBe("config.json: field 'rope_scaling.mscale' is not known, only rope_type, factor are; remove or rename it.");
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}", "field 'a' is given twice in one object; keep one of them.")]
    [InlineData("{\"a\":1,\"\\u0061\":2}", "field 'a' is given twice")]
    [InlineData("{\"x\":[{\"b\":{\"c\":1,\"c\":1}}]}", "field 'c' is given twice")]
    [InlineData("[]", "the file is not a JSON object")]
    [InlineData("", "the file is not valid JSON")]
    [InlineData("{\"a\":1,}", "the file is not valid JSON")]
    [InlineData("{\"a\":NaN}", "the file is not valid JSON")]
    [InlineData("{\"a\":1} {}", "the file is not valid JSON")]
    [InlineData("{\"\\ud800\":1}", "the file is not valid JSON")]
    [InlineData("{\"a\":\"\\ud800\"}", "the file is not valid JSON")]
    public void Faulty_objects_are_refused(string json, string message) => Message(() => Parse(json)).ShouldStartWith("config.json: " + message);

    [Fact]
    public void Bytes_that_are_no_text_are_refused() =>
        Message(() => JsonObjectReader.Parse(new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' }, "config.json"))
            .ShouldBe("config.json: the file is not UTF-8 text; correct it or download it again.");

    [Fact]
    public void Deep_nesting_and_long_files_are_refused()
    {
        Message(() => Parse("{\"a\":" + new string('[', 100_000))).ShouldContain("not valid JSON of at most 16 levels");
        Message(() => JsonObjectReader.Parse(new byte[(4 << 20) + 1], "config.json")).ShouldContain("above the limit of 4194304");
        Parse("{\"a\":" + new string('[', 15) + new string(']', 15) + "}").GetArray("a").Count.ShouldBe(1);
    }

    [Fact]
    public void The_same_key_in_different_objects_is_fine() =>
        Parse("{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":1}]}").GetObject("a").GetInt("a").ShouldBe(1);

    [Fact]
    public void Long_values_are_clipped_in_messages() =>
        Message(() => Parse($"{{\"n\":\"{new string('x', 10_000)}\"}}").GetInt("n")).Length.ShouldBeLessThan(200);

    [Theory]
    [InlineData("bloom")]
    [InlineData("gemma2")]
    [InlineData("llama-mha")]
    [InlineData("llama3-gqa-ropescaled")]
    [InlineData("mistral-swa")]
    [InlineData("qwen2")]
    [InlineData("qwen3")]
    public void Golden_configs_are_read(string family)
    {
        string path = GoldenFiles.Model(family, "config.json");
        JsonObjectReader.Open(path).GetInt("vocab_size").ShouldBeGreaterThan(100);
        Message(() => JsonObjectReader.Open(path).GetInt("model_type")).ShouldStartWith($"{path}: field 'model_type' must be");
    }

    [Fact]
    public void Damaged_configs_are_read_or_refused()
    {
        byte[] sound = File.ReadAllBytes(GoldenFiles.Model("gemma2", "config.json"));
        int refused = 0;
        for (int i = 0; i < 1000; i++)
        {
            CounterRandom random = new CounterRandom(21, "config").Fork(i);
            byte[] damaged = [.. sound];
            damaged[random.NextInt(damaged.Length)] = (byte)random.NextInt(256);
            try
            {
                JsonObjectReader config = JsonObjectReader.Parse(damaged, "config.json");
                config.GetInt("hidden_size");
                config.GetFloat("rms_norm_eps");
                config.GetString("model_type");
                config.GetBool("use_cache");
            }
            catch (CheckpointException)
            {
                refused++;
            }
        }

        refused.ShouldBeInRange(1, 999);
    }

    private static JsonObjectReader Parse(string json) => JsonObjectReader.Parse(Encoding.UTF8.GetBytes(json), "config.json");

    private static string Message(Action action) => Should.Throw<CheckpointException>(action).Message;
}
