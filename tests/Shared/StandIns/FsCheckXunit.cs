using System.Buffers.Binary;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.FSharp.Core;
using MWork.Testing;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace FsCheck.Xunit;

/// <summary>
/// Stand-in for the attribute of the same name in the package FsCheck.Xunit: a test whose arguments FsCheck makes up. Two
/// differences: the seed follows from the test's name, so that a run can be repeated, unless MWORK_PROPERTY_SEED holds
/// <c>random</c> or <c>seed,gamma</c>; and nothing is printed on success, whatever <see cref="QuietOnSuccess"/> says. A failure
/// throws the shrunk counter-example and its seed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("FsCheck.Xunit.PropertyDiscoverer", ThisTestAssembly.Name)]
public sealed class PropertyAttribute : FactAttribute
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15; // The step that FsCheck's own generator starts with.
    public int MaxTest { get; set; } = Config.Default.MaxTest;
    public int MaxRejected { get; set; } = Config.Default.MaxRejected;
    public int StartSize { get; set; } = Config.Default.StartSize;
    public int EndSize { get; set; } = Config.Default.EndSize;
    public bool QuietOnSuccess { get; set; }
    public Type[] Arbitrary { get; set; } = [];
    /// <summary><c>seed,gamma</c> or <c>seed,gamma,size</c>, in brackets or not, as a failure prints it.</summary>
    public string? Replay { get; set; }

    public void Check(MethodInfo method, object? target)
    {
        Config config = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(MaxTest).WithMaxRejected(MaxRejected)
            .WithStartSize(StartSize).WithEndSize(EndSize).WithArbitrary(Arbitrary).WithReplay(ReplayOf(method));
        try { FsCheck.Check.Method(config, method, target); }
        catch (TargetInvocationException wrapped) { throw new PropertyFailedException(wrapped.InnerException!.Message); }
    }

    private FSharpOption<Replay>? ReplayOf(MethodInfo method)
    {
        string? text = Replay ?? Environment.GetEnvironmentVariable("MWORK_PROPERTY_SEED");
        if (text == "random")
            return null;
        byte[] name = SHA256.HashData(Encoding.UTF8.GetBytes($"{method.DeclaringType!.FullName}.{method.Name}"));
        ulong[] parts = string.IsNullOrEmpty(text)
            ? [BinaryPrimitives.ReadUInt64LittleEndian(name), GoldenGamma]
            : [.. text.Trim('(', ')').Split(',').Select(part => ulong.Parse(part, CultureInfo.InvariantCulture))];
        return new Replay(new Rnd(parts[0], parts[1]), parts.Length > 2 ? FSharpOption<int>.Some((int)parts[2]) : null);
    }
}

public sealed class PropertyFailedException(string message) : Exception(message);

public sealed class PropertyDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo fact) =>
        [new PropertyTestCase(sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method)];
}

// xunit runs a test through four objects, each of which makes the next; only the last one's behaviour differs.
public sealed class PropertyTestCase : XunitTestCase
{
    [Obsolete("For xunit, which reads test cases back.")]
    public PropertyTestCase() { }
    public PropertyTestCase(IMessageSink sink, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(sink, display, options, method) { }

    public override Task<RunSummary> RunAsync(
        IMessageSink sink, IMessageBus bus, object[] made, ExceptionAggregator errors, CancellationTokenSource cancel) => new CaseRunner(
        this, DisplayName, SkipReason, made, new object[Method.GetParameters().Count()], bus, errors, cancel).RunAsync();

    private sealed class CaseRunner(IXunitTestCase test, string name, string skip, object[] made, object[] arguments,
        IMessageBus bus, ExceptionAggregator errors, CancellationTokenSource cancel)
        : XunitTestCaseRunner(test, name, skip, made, arguments, bus, errors, cancel)
    {
        protected override XunitTestRunner CreateTestRunner(ITest test, IMessageBus bus, Type type, object[] made, MethodInfo method,
            object[] args, string skip, IReadOnlyList<BeforeAfterTestAttribute> around, ExceptionAggregator e, CancellationTokenSource c) =>
            new TestRunner(test, bus, type, made, method, args, skip, around, e, c);
    }

    private sealed class TestRunner(ITest test, IMessageBus bus, Type type, object[] made, MethodInfo method,
        object[] args, string skip, IReadOnlyList<BeforeAfterTestAttribute> around, ExceptionAggregator e, CancellationTokenSource c)
        : XunitTestRunner(test, bus, type, made, method, args, skip, around, e, c)
    {
        protected override Task<decimal> InvokeTestMethodAsync(ExceptionAggregator errors) => new Invoker(Test, MessageBus, TestClass,
            ConstructorArguments, TestMethod, TestMethodArguments, BeforeAfterAttributes, errors, CancellationTokenSource).RunAsync();
    }

    private sealed class Invoker(ITest test, IMessageBus bus, Type type, object[] made, MethodInfo method, object[] args,
        IReadOnlyList<BeforeAfterTestAttribute> around, ExceptionAggregator errors, CancellationTokenSource cancel)
        : XunitTestInvoker(test, bus, type, made, method, args, around, errors, cancel)
    {
        // Off xunit's own threads: a property that returns a task is waited for, and could otherwise wait for itself.
        protected override object CallTestMethod(object testClassInstance) => Task.Run(
            () => TestMethod.GetCustomAttribute<PropertyAttribute>()!.Check(TestMethod, testClassInstance));
    }
}
