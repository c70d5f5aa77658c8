using FsCheck.Xunit;
using MWork.Probes.Evidence;
using MWork.Probes.Statistics;
using Shouldly;
using VerifyXunit;

namespace MWork.Regression.Verdicts;

public sealed class EvidenceJsonTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mwork-evidence-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task The_file_reads_like_this() => Verifier.Verify(EvidenceJson.Write(Example()));

    [Fact]
    public void What_is_written_is_read_back()
    {
        string path = EvidenceJson.Save(Example(), _folder);
        path.ShouldBe(Path.Combine(_folder, "C1", "english-pivot.json"));
        Evidence read = EvidenceJson.Load(path);
        EvidenceJson.Write(read).ShouldBe(File.ReadAllText(path));
        read.Findings[0].Region.ShouldBe(Region.Above(0.1));
        read.Findings[1].Interval.IsDefined.ShouldBeFalse();
        read.Run.ShouldSatisfyAllConditions(
            run => run.Started.ShouldBe(Example().Run.Started), run => run.Seeds["bootstrap"].ShouldBe(ulong.MaxValue));
        EvidenceJson.LoadAll(_folder).ShouldHaveSingleItem().Subject.ShouldBe("english-pivot");
        EvidenceJson.LoadAll(Path.Combine(_folder, "none")).ShouldBeEmpty();
    }

    [Property(MaxTest = 300)]
    public void Doubles_read_back_to_the_same_bits(long bits)
    {
        double value = BitConverter.Int64BitsToDouble(bits * 0x5851F42D4C957F2D);
        if (double.IsNaN(value))
            value = double.NaN;
        Same(value);
        Same(-value);

        static void Same(double value)
        {
            Evidence written = Example() with { Samples = [SampleRow.Of("f", "p", "t", [new("x", value)])] };
            double read = EvidenceJson.Read(EvidenceJson.Write(written), "memory").Samples[0].Values["x"];
            (read.Equals(value) && double.IsNegative(read) == (double.IsNaN(value) ? double.IsNegative(read) : double.IsNegative(value)))
                .ShouldBeTrue($"{value:R} became {read:R}");
        }
    }

    [Theory]
    [InlineData("\"schema\": 2,", "\"schema\": 3,", "e.json: field 'schema' is 3, and this version reads 1 to 2.")]
    [InlineData("\"schema\": 2,", "", "e.json: field 'schema' is missing.")]
    [InlineData("\"subject\": \"english-pivot\",", "", "e.json: field 'subject' is missing.")]
    [InlineData("\"unit\": \"log-odds\",", "", "e.json: field 'claim.criteria[1].unit' is missing.")]
    [InlineData("\"wallSeconds\": 12.5,", "", "e.json: field 'run.wallSeconds' is missing.")]
    [InlineData("\"expected\": \"Supported\",", "\"expected\": \"Proven\",", "e.json: field 'expected' is unknown or not of its kind (line 30).")]
    [InlineData("\"expected\": \"Supported\",", "\"hoped\": 1,", "e.json: field 'hoped' is unknown or not of its kind (line 30).")]
    [InlineData("\"n\": 240,", "\"n\": \"many\",", "e.json: field 'findings[0].n' is unknown or not of its kind (line 43).")]
    [InlineData("\"low\": 0.1,", "\"low\": \"NaN\",", "e.json: a field 'region' does not fit: A region Above has no bounds NaN and Infinity. (Parameter 'kind')")]
    public void A_file_that_is_not_right_is_refused_in_one_sentence(string what, string instead, string complaint)
    {
        string json = EvidenceJson.Write(Example());
        int at = json.IndexOf(what, StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0);
        string broken = json[..at] + instead + json[(at + what.Length)..];
        Should.Throw<EvidenceException>(() => EvidenceJson.Read(broken, "e.json")).Message.ShouldBe(complaint);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"schema\": 1, ")]
    [InlineData("not json")]
    public void A_file_cut_short_is_refused(string json) =>
        Should.Throw<EvidenceException>(() => EvidenceJson.Read(json, "e.json")).Message.ShouldStartWith("e.json");

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    public void A_file_of_another_kind_is_refused(string json) =>
        Should.Throw<EvidenceException>(() => EvidenceJson.Read(json, "e.json")).Message.ShouldBe("e.json: field 'schema' is missing.");

    [Fact]
    public void A_missing_file_is_named() =>
        Should.Throw<EvidenceException>(() => EvidenceJson.Load(Path.Combine(_folder, "x.json"))).Message.ShouldContain("x.json");

    [Theory]
    [InlineData("../escape")]
    [InlineData(".hidden")]
    [InlineData("")]
    [InlineData("a/b")]
    public void A_name_that_is_no_file_name_writes_nothing(string subject)
    {
        Should.Throw<ArgumentException>(() => EvidenceJson.Save(Example() with { Subject = subject }, _folder));
        Directory.GetFileSystemEntries(_folder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_no_other()
    {
        string path = EvidenceJson.Save(Example(), _folder);
        string before = File.ReadAllText(path);
        Evidence broken = Example() with { Findings = null! };
        Should.Throw<Exception>(() => EvidenceJson.Save(broken, _folder));
        File.ReadAllText(path).ShouldBe(before);
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
        EvidenceJson.Save(Example() with { Verdict = Verdict.Refuted }, _folder);
        EvidenceJson.Load(path).Verdict.ShouldBe(Verdict.Refuted);
    }

    [Fact]
    public void A_line_says_it_all()
    {
        Evidence evidence = Example();
        evidence.ToString().ShouldBe(
            "C1 conversion · english-pivot · Invalid, expected Supported "
            + "(mid−first 0.41 [0.38, 0.44] > 0.10; mid−last invalid: too few items) n=12");
        (evidence with { Findings = [evidence.Findings[0]], Verdict = Verdict.Supported }).ToString().ShouldBe(
            "C1 conversion · english-pivot · Supported (mid−first 0.41 [0.38, 0.44] > 0.10) n=240");
        evidence.P.ShouldBe(double.NaN);
        (evidence with { Findings = [evidence.Findings[0]] }).P.ShouldBe(0.001);
    }

    [Fact]
    public void Versions_are_those_of_the_process()
    {
        RunVersions versions = RunVersions.Current("managed", [new("threads", "2"), new("bits", "512")]);
        versions.Runtime.ShouldStartWith(".NET");
        versions.Library.ShouldNotContain("+");
        versions.BackendSettings.Keys.ShouldBe(["bits", "threads"]);
    }

    private static Evidence Example()
    {
        var first = new Criterion("mid−first", "share", Region.Above(0.1));
        var last = new Criterion("mid−last", "log-odds", Region.Inside(-0.5, 0.5));
        Finding[] findings =
        [
            Finding.Of(
                first,
                new Estimate(0.41, new Interval(0.38, 0.44, 0.95), 240),
                p: 0.001,
                [LanguageRow.Of("de", new Estimate(0.4, new Interval(0.35, 0.45, 0.99), 120), first.Region, 0.002)]),
            Finding.Invalid(last, "too few items", n: 12),
        ];
        return new Evidence
        {
            Claim = new Claim("C1", "Conversion", "Middle layers are pivot-centric.", "Zhao et al. 2024, 3.1", [first, last]),
            Subject = "english-pivot",
            Expected = Verdict.Supported,
            Verdict = Evidence.Decide(findings),
            Findings = findings,
            Curves = [new Curve("normed lens, de", "share", 0.95, [new CurvePoint(0, 0.1, 0.05, 0.2), new CurvePoint(1, 1.0 / 3, double.NaN, double.NaN)])],
            Power = new PowerStatement(0.2, 0.93, 0.16, "share"),
            Run = new RunRecord(
                new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)),
                12.5,
                Commit: null,
                new SortedDictionary<string, ulong>(StringComparer.Ordinal) { ["bootstrap"] = ulong.MaxValue },
                new RunHashes("m", "t", "p"),
                new RunVersions("0.1.0", ".NET 10", "Linux", "X64", "managed", new(StringComparer.Ordinal) { ["threads"] = "2" })),
            Why = "it is small",
            Setting = new Setting("Weights as drawn.", 6, 1, 4, "by construction", "en", 0.2, [new SettingLanguage("en", "English", "english")]),
            Protocol = new(StringComparer.Ordinal) { ["selection.documents"] = "24", ["version"] = "1" },
            Grids = [new Grid("loss", "log-odds", ["en"], ["en", "de"], [[0.5, double.NaN]])],
            Nulls = [NullBand.Of("de", "share", 0.4, [0.1, 0.2, 0.3])],
            Samples = [SampleRow.Of("paris", "The capital of France is", "Paris", [new("drop", 0.1 + 0.2), new("clean", double.NegativeInfinity)])],
        };
    }
}
