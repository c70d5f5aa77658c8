using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MWork.Testing;
using Shouldly;
using Shouldly.Configuration;
using VerifyTests;
using Xunit.Sdk;

[assembly: VerifyXunit.UseVerify]

namespace VerifyTests
{
    /// <summary>Stand-in for the settings of the same name in the package Verify: where a snapshot lies and what it is called.</summary>
    public sealed class VerifySettings
    {
        internal string? Directory { get; private set; }
        internal string? FileName { get; private set; }
        internal object?[]? Parameters { get; private set; }
        internal string? ParameterText { get; private set; }
        /// <param name="directory">Absolute, or relative to the folder of the test's source file.</param>
        public void UseDirectory(string directory) => Directory = directory;

        /// <summary>Takes the place of <c>Class.Method_parameters</c>.</summary>
        public void UseFileName(string fileName) => FileName = fileName;

        /// <summary>The test's arguments: <c>Class.Method_first=1_second=x</c>.</summary>
        public void UseParameters(params object?[] parameters) => Parameters = parameters;

        public void UseTextForParameters(string parameterText) => ParameterText = parameterText;

        public void DisableDiff() { } // No tool is ever started here.
    }
}

namespace VerifyXunit
{
    /// <summary>Tells <see cref="Verifier"/> which test is running, through awaits and helper methods.</summary>
    [AttributeUsage(AttributeTargets.Assembly)]
    public sealed class UseVerifyAttribute : BeforeAfterTestAttribute
    {
        internal static readonly AsyncLocal<MethodInfo?> Test = new();
        public override void Before(MethodInfo methodUnderTest) => Test.Value = methodUnderTest;
        public override void After(MethodInfo methodUnderTest) => Test.Value = null;
    }

    /// <summary>
    /// Stand-in for the class of the same name in the package Verify.Xunit, over Shouldly's approval support: compares with
    /// <c>Class.Method.verified.txt</c> beside the test. Objects are written as indented JSON here, which is not how Verify
    /// writes them: a snapshot that has to hold for both is one of a string.
    /// </summary>
    public static class Verifier
    {
        private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

        public static Task Verify(object? target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
            Verify(JsonSerializer.Serialize(target, Indented), settings, sourceFile);

        public static Task Verify(string? target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "")
        {
            settings ??= new VerifySettings();
            string folder = Path.Combine(Path.GetDirectoryName(Repository.SourceFile(sourceFile))!, settings.Directory ?? "");
            string path = Path.Combine(folder, settings.FileName ?? NameOf(settings));
            Directory.CreateDirectory(folder);
            try
            {
                (target ?? "null").ShouldMatchApproved(how => how.NoDiff().Configure(match =>
                {
                    match.TestMethodFinder = new SourceFile(sourceFile);
                    match.FilenameGenerator = (_, _, type, _) => $"{path}.{(type == "approved" ? "verified" : type)}.txt";
                }));
                return Task.CompletedTask;
            }
            catch (ShouldMatchApprovedException difference)
            {
                return Task.FromException(new VerifyException(difference.Message));
            }
        }

        private static string NameOf(VerifySettings settings)
        {
            MethodInfo test = UseVerifyAttribute.Test.Value ?? throw new InvalidOperationException("Verify works inside a test.");
            var named = settings.Parameters?.Zip(test.GetParameters(), (value, parameter) => string.Create(
                CultureInfo.InvariantCulture, $"{parameter.Name}={value ?? "null"}"));
            string? parameters = settings.ParameterText ?? (named is null ? null : string.Join('_', named));
            return $"{test.ReflectedType!.Name}.{test.Name}" + (parameters is null ? "" : "_" + parameters);
        }

        // Shouldly only uses the frame to tell folder and method, both of which the file name above already holds.
        private sealed class SourceFile(string path) : ITestMethodFinder
        {
            public TestMethodInfo GetTestMethodInfo(StackTrace stackTrace, int startAt = 0) => new(new StackFrame(path, 1));
        }
    }

    public sealed class VerifyException(string message) : Exception(message);
}
