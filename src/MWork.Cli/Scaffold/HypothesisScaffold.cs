using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using MWork.Probes.Evidence;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.SmallWorld;

namespace MWork.Cli.Scaffold;

/// <summary>The files that a new claim begins with, as <c>docs/add-a-hypothesis.md</c> has them: a test, a statistic that can be replaced, a protocol.</summary>
/// <param name="Name">The family: the value of its trait and the name of its files.</param>
/// <param name="Id">The claim's id, e.g. <c>R1</c>.</param>
/// <param name="Sentence">What is claimed.</param>
/// <param name="Source">Where the claim comes from.</param>
internal sealed partial record HypothesisScaffold(string Name, string Id, string Sentence, string Source)
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first id of the family's letter that is not known yet.</summary>
    public static string FreeId(string name) => Enumerable.Range(1, 99).Select(number => $"{name[0]}{number}").First(id => KnownClaims.FamilyOf(id) is null);

    /// <summary>Whether a name can be that of a class and of a folder.</summary>
    public static bool IsName(string name) => NamePattern().IsMatch(name);

    public static bool IsId(string id) => IdPattern().IsMatch(id);

    /// <summary>Writes the files into a repository; all of them or none.</summary>
    /// <returns>Their paths, relative to the repository.</returns>
    /// <exception cref="SubjectException">One of them is there already, or the id is a known claim's.</exception>
    public IReadOnlyList<string> Write(string repository)
    {
        if (KnownClaims.FamilyOf(Id) is { } family)
        {
            throw new SubjectException($"{Id} is a claim of {family} already; name another id with --claim.");
        }

        (string Path, string Text)[] files =
        [
            (Path.Combine("tests", "Hypotheses", $"{Name}Tests.cs"), Test()),
            (Path.Combine("tests", "Hypotheses", Name, $"{Name}Effect.cs"), Statistic()),
            (Path.Combine("fixtures", "protocols", $"{Id}.v1.json"), Protocol(World.Load(Path.Combine(repository, "fixtures", "world")).Hash)),
        ];
        if (files.Select(file => file.Path).FirstOrDefault(path => File.Exists(Path.Combine(repository, path))) is { } there)
        {
            throw new SubjectException($"{Path.Combine(repository, there)}: there is such a file already; choose another name or id.");
        }

        foreach ((string path, string text) in files)
        {
            string full = Path.Combine(repository, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text.ReplaceLineEndings("\n"));
        }

        return [.. files.Select(file => file.Path)];
    }

    private string Test() => $$"""
        using MWork.Hypotheses.Harness;
        using MWork.Probes.Evidence;
        using MWork.Testing;
        using Xunit.Abstractions;

        namespace MWork.Hypotheses;

        /// <summary>{{Xml(Sentence)}} After {{Xml(Source)}}.</summary>
        [Hypothesis("{{Name}}")]
        public sealed class {{Name}}Tests(ITestOutputHelper output) : HypothesisTest(output)
        {
            internal static readonly {{Name}}Protocol Protocol = new()
            {
                Version = 1,
                SmallestGap = 0.10,   // δ: the smallest effect that would matter; say why before anything is measured
                Seed = 20240229,
            };

            internal static readonly Claim {{Id}} = new(
                "{{Id}}",
                "{{Name}}",
                {{Quoted(Sentence)}},
                {{Quoted(Source)}},
                [
                    new Criterion("accuracy − chance", "share of facts", Region.Above(Protocol.SmallestGap)),
                ]);

            [Theory, Claim("{{Id}}")]
            public void {{Id}}_answers_beat_guessing(string subject) => Decide({{Id}}, Protocol, subject, s => {{Name}}Effect.Measure(s, {{Id}}, Protocol));
        }

        /// <summary>What decides {{Id}}.</summary>
        internal sealed record {{Name}}Protocol : Protocol
        {
            public required double SmallestGap { get; init; }
        }

        """;

    private string Statistic() => $$"""
        using MWork.Hypotheses.Harness;
        using MWork.Probes.Evidence;
        using MWork.Probes.Randomness;
        using MWork.Probes.Subjects;
        using MWork.Probes.Tasks;
        using MWork.Probes.Text;

        namespace MWork.Hypotheses;

        /// <summary>{{Id}}'s statistic: per fact, right or wrong less the chance of guessing it, averaged over the languages other than the pivot.</summary>
        internal static class {{Name}}Effect
        {
            public static Measurement Measure(Subject subject, Claim claim, {{Name}}Protocol protocol)
            {
                Language[] others = [.. subject.NonPivot];
                (int Fact, double Value)[][] effects = [.. others.Select(language =>
                {
                    IReadOnlyList<Prompt> prompts = subject.World.TestPrompts(language);
                    CandidateScore[] scores = CandidateScores.Measure(subject.Model, prompts);
                    return prompts.Select((prompt, fact) => (fact, (scores[fact].IsRight ? 1 : 0) - prompt.Chance)).ToArray();
                })]; // [language][fact]
                return new Measurement
                {
                    Findings = [FactEffects.Decide(claim.Criteria[0], effects, others, new CounterRandom(protocol.Seed, "{{Id}} bootstrap"))],
                    Power = FactEffects.Power(claim.Criteria[0], effects),
                    Seeds = new(StringComparer.Ordinal) { ["bootstrap"] = protocol.Seed },
                };
            }
        }

        """;

    private string Protocol(string world) => $$"""
        {
          "claim": {{Quoted(Id)}},
          "family": {{Quoted(Name)}},
          "sentence": {{Quoted(Sentence)}},
          "source": {{Quoted(Source)}},
          "criteria": [
            {
              "name": "accuracy − chance",
              "unit": "share of facts",
              "region": "> 0.10"
            }
          ],
          "numbers": {
            "smallestGap": 0.1,
            "version": 1,
            "seed": 20240229
          },
          "world": "{{world}}"
        }

        """;

    // The same in JSON and in C#, for what one line can hold.
    private static string Quoted(string text) => JsonSerializer.Serialize(text, s_json);

    private static string Xml(string text) => System.Security.SecurityElement.Escape(text);

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$", RegexOptions.None, 1000)]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[A-Z][1-9][0-9]?$", RegexOptions.None, 1000)]
    private static partial Regex IdPattern();
}
