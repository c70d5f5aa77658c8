using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using MWork.Cli;
using MWork.Probes.Evidence;
using MWork.Regression.Checkpoints;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Cli;

/// <summary><c>mwork new hypothesis</c>: what it writes compiles against the claims' harness, and its protocol is the one that the claims' own test asks for.</summary>
public sealed class NewHypothesisTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NewHypothesisTests()
    {
        string world = _folder.File("fixtures/world");
        Directory.CreateDirectory(world);
        foreach (string file in Directory.GetFiles(Repository.Fixture("world")))
        {
            File.Copy(file, Path.Combine(world, Path.GetFileName(file)));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_it_writes_compiles_and_its_protocol_is_right()
    {
        CommandOutcome outcome = New("Recall", "--claim", "R1", "--sentence", "Facts are \"recalled\" <everywhere> & in Tiếng Việt.", "--source", "Müller 2025, section 2");
        outcome.Error.ShouldBeEmpty();
        outcome.Code.ShouldBe(ExitCodes.Success);
        outcome.Output.ShouldContain("add (\"R1\", \"Recall\")");

        string assembly = Compile(
            Path.Combine(_folder.Path, "tests", "Hypotheses", "RecallTests.cs"), Path.Combine(_folder.Path, "tests", "Hypotheses", "Recall", "RecallEffect.cs"));
        var context = new AssemblyLoadContext("scaffold", isCollectible: true);
        try
        {
            Assembly compiled = context.LoadFromStream(new MemoryStream(File.ReadAllBytes(assembly)));
            Type tests = compiled.GetType("MWork.Hypotheses.RecallTests", throwOnError: true)!;
            const BindingFlags Static = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public;
            var claim = (Claim)tests.GetField("R1", Static)!.GetValue(null)!;
            object protocol = tests.GetField("Protocol", Static)!.GetValue(null)!;
            MethodInfo render = compiled.GetType("MWork.Hypotheses.Harness.ProtocolFile", throwOnError: true)!.GetMethods(Static)
                .Single(method => method.Name == "Render" && method.GetParameters().Length == 3);
            string hash = Probes.Subjects.SmallWorld.World.Load(_folder.File("fixtures/world")).Hash;
            File.ReadAllText(_folder.File("fixtures/protocols/R1.v1.json")).ShouldBe((string)render.Invoke(null, [claim, protocol, hash])!);
        }
        finally
        {
            context.Unload();
        }
    }

    [Fact]
    public void Nothing_is_overwritten()
    {
        New("Recall", "--json").Code.ShouldBe(ExitCodes.Success);
        string[] before = Snapshot();
        BadInputTests.Refuses("there is such a file already", Arguments("Recall"));
        BadInputTests.Refuses("R1.v1.json: there is such a file already", Arguments("Rest", "--claim", "R1"));
        Snapshot().ShouldBe(before);
    }

    [Theory]
    [InlineData("The name is 'recall' but must be", "recall")]
    [InlineData("The name is '../Recall' but must be", "../Recall")]
    [InlineData("--claim is 'r1' but must be", "Recall", "--claim", "r1")]
    [InlineData("C1 is a claim of Conversion already", "Recall", "--claim", "C1")]
    [InlineData("--sentence must be one line of text", "Recall", "--sentence", "a\nb")]
    public void What_makes_no_claim_is_refused(string sentence, params string[] args) => BadInputTests.Refuses(sentence, Arguments(args));

    private string[] Arguments(params string[] args) => ["new", "hypothesis", .. args, "--repository", _folder.Path];

    private CommandOutcome New(params string[] args) => CommandLine.Run(Arguments(args));

    private string[] Snapshot() => [.. Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    // The claims' harness with the new files, by the compiler of the SDK: a build of the project would restore and take ten times as long.
    private string Compile(params string[] added)
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string dotnet = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        string sdk = Directory.GetDirectories(Path.Combine(dotnet, "sdk"), "10.*").Order(StringComparer.Ordinal).Last();
        string output = _folder.File("scaffold.dll");
        string usings = _folder.File("usings.cs");
        File.WriteAllText(usings, """
            global using System;
            global using System.Collections.Generic;
            global using System.IO;
            global using System.Linq;
            global using System.Threading;
            global using System.Threading.Tasks;
            global using Xunit;
            namespace MWork.Testing { internal static class ThisTestAssembly { public const string Name = "scaffold"; } }
            """);
        IEnumerable<string> sources = new[] { "tests/Hypotheses/Harness", "tests/Shared" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !file.Contains($"{Path.DirectorySeparatorChar}StandIns{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        IEnumerable<string> references = Directory.GetFiles(runtime, "*.dll").Where(IsManaged)
            .Concat(Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(file => !Path.GetFileName(file).StartsWith("MWork.Regression", StringComparison.Ordinal)));
        string arguments = _folder.File("arguments.rsp");
        File.WriteAllLines(arguments,
        [
            "-nologo", "-target:library", "-nullable:enable", "-unsafe", "-langversion:latest", "-nowarn:CS1701,CS1702,CS1591,CS8632", $"-out:\"{output}\"",
            .. references.DistinctBy(Path.GetFileName).Select(file => $"-r:\"{file}\""),
            .. sources.Concat(added).Append(usings).Select(file => $"\"{file}\""),
        ]);
        var start = new ProcessStartInfo(Path.Combine(dotnet, "dotnet"), ["exec", Path.Combine(sdk, "Roslyn", "bincore", "csc.dll"), "-noconfig", $"@{arguments}"])
        {
            RedirectStandardOutput = true,
        };
        using Process compiler = Process.Start(start)!;
        string said = compiler.StandardOutput.ReadToEnd();
        compiler.WaitForExit();
        compiler.ExitCode.ShouldBe(0, said);
        said.ShouldBeEmpty();
        return output;
    }

    private static bool IsManaged(string file)
    {
        try
        {
            AssemblyName.GetAssemblyName(file);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }
}
