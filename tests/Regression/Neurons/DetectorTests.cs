using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Neurons.Detection;
using Shouldly;

namespace MWork.Regression.Neurons;

/// <summary>What a user names, what a file says, and what is neither.</summary>
public sealed class DetectorTests
{
    private static readonly ModelConfig s_config = TinyModels.Configs["grouped heads"];

    public static TheoryData<string> Methods => [.. Detector.Methods];

    [Theory, MemberData(nameof(Methods))]
    public void What_it_is_called_and_set_to_describes_it(string method)
    {
        var detector = Detector.Create(method, s_config);
        detector.Method.ShouldBe(method);
        var again = Detector.Parse(method, detector.Options);
        (again.Method, again.Options).ShouldBe((method, detector.Options));
    }

    [Theory]
    [InlineData("plnd")]
    [InlineData("lape")]
    [InlineData("ap")]
    public void A_share_is_more_than_nothing_and_at_most_all(string method)
    {
        foreach (double share in (double[])[1, 0.25, 1e-9])
        {
            var detector = Detector.Create(method, s_config, share);
            detector.Options.ShouldNotBe(Detector.Create(method, s_config).Options);
            Detector.Parse(method, detector.Options).Options.ShouldBe(detector.Options);
        }

        foreach (double share in (double[])[0, -0.25, 1.01, double.NaN])
        {
            Should.Throw<ArgumentException>(() => Detector.Create(method, s_config, share)).Message
                .ShouldContain("it must be more than 0 and at most 1");
        }
    }

    [Fact]
    public void Only_Plnd_is_told_matrices_and_the_released_code_no_share()
    {
        foreach (string method in (string[])["plnd", "plnd-released"])
        {
            Detector.Create(method, s_config, matrices: [NeuronMatrix.Value]).Options.ShouldContain("\"Matrices\":[\"Value\"]", Case.Sensitive);
        }

        foreach (string method in (string[])["lape", "ap"])
        {
            Should.Throw<ArgumentException>(() => Detector.Create(method, s_config, matrices: [NeuronMatrix.Ffn])).Message
                .ShouldContain($"{method} looks at FFN neurons only");
        }

        Should.Throw<ArgumentException>(() => Detector.Create("plnd-released", s_config, share: 0.5)).Message.ShouldContain("leave the share out");
    }

    [Theory]
    [InlineData("plnd", "null")]
    [InlineData("plnd", "{")]
    [InlineData("plnd-released", "0.5")]
    [InlineData("lape", "null")]
    [InlineData("lape", "{\"Quantile\":\"high\"}")]
    [InlineData("ap", "a tenth")]
    [InlineData("ap", "0")]
    [InlineData("ap", "1.5")]
    [InlineData("ap", "-1")]
    [InlineData("pldn", "0.5")]
    public void What_describes_no_detector_is_refused(string method, string options) =>
        Should.Throw<ArgumentException>(() => Detector.Parse(method, options)).Message.ShouldMatch($"null|'{method}'|'{System.Text.RegularExpressions.Regex.Escape(options)}'");
}
