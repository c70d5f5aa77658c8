using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Shouldly;
using Xunit.Abstractions;
using Xunit.Sdk;
using NullMessageSink = Xunit.Sdk.NullMessageSink;

namespace MWork.Regression.StandIns;

/// <summary>The stand-in for FsCheck.Xunit says what is wrong, and the same each time.</summary>
public sealed class PropertyAttributeTests
{
    private static int _runs;

    [Property]
    public bool A_bool_property_holds(int a, int b) => a + b == b + a;

    [Property(MaxTest = 20, StartSize = 5, EndSize = 9, QuietOnSuccess = true)]
    public void A_void_property_holds(string text) => (text + "x").ShouldEndWith("x");

    [Property(MaxTest = 20)]
    public async Task A_task_property_holds(byte[] bytes)
    {
        await Task.Yield();
        bytes.Length.ShouldBeGreaterThanOrEqualTo(0);
    }

    [Property]
    public Property A_property_property_holds(int a) => (a * 2 > a).When(a > 0).Label("doubling grows");

    [Property(Arbitrary = [typeof(Even)])]
    public bool Arguments_come_from_the_given_arbitrary(int a) => a % 2 == 0;

    [Theory]
    [InlineData(nameof(Cases.Bool))]
    [InlineData(nameof(Cases.Void))]
    [InlineData(nameof(Cases.Later))]
    [InlineData(nameof(Cases.Labelled))]
    public void A_failure_reports_the_shrunk_counter_example_and_the_seed(string name)
    {
        string message = Failure(new PropertyAttribute { StartSize = 50 }, name);
        message.ShouldContain("Falsifiable");
        message.ShouldContain("Shrunk:");
        message.ShouldContain("10");
        message.ShouldMatch(@"\(\d+,\d+\)");
    }

    [Fact]
    public void The_same_test_sees_the_same_arguments_each_time()
    {
        string first = Failure(new PropertyAttribute(), nameof(Cases.Bool));
        string again = Failure(new PropertyAttribute(), nameof(Cases.Bool));
        string other = Failure(new PropertyAttribute { Replay = "(11,13)" }, nameof(Cases.Bool));
        again.ShouldBe(first);
        other.ShouldNotBe(first);
        other.ShouldContain("(11,13)");
    }

    [Fact]
    public void As_many_cases_run_as_asked_for()
    {
        _runs = 0;
        new PropertyAttribute { MaxTest = 37 }.Check(typeof(Cases).GetMethod(nameof(Cases.Counted))!, new Cases());
        _runs.ShouldBe(37);
    }

    [Fact]
    public async Task Xunit_counts_a_failing_property_as_a_failed_test()
    {
        var assembly = new TestAssembly(Reflector.Wrap(typeof(Cases).Assembly));
        var type = new TestClass(new TestCollection(assembly, null, "properties"), Reflector.Wrap(typeof(Cases)));
        var method = new TestMethod(type, Reflector.Wrap(typeof(Cases).GetMethod(nameof(Cases.Fails))!));
        var test = new PropertyTestCase(
            new NullMessageSink(), TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None, method);
        var sink = new Messages();

        RunSummary summary = await test.RunAsync(
            sink, new SynchronousMessageBus(sink, stopOnFail: false), [], new ExceptionAggregator(), new CancellationTokenSource());

        summary.Failed.ShouldBe(1);
        sink.Failures.ShouldHaveSingleItem().ShouldContain("Shrunk:");
    }

    [Fact]
    public void A_property_whose_condition_never_holds_is_a_failure() =>
        Failure(new PropertyAttribute(), nameof(Cases.Never)).ShouldContain("exhausted", Case.Insensitive);

    private static string Failure(PropertyAttribute property, string name)
    {
        MethodInfo method = typeof(Cases).GetMethod(name)!;
        return Should.Throw<PropertyFailedException>(() => property.Check(method, new Cases())).Message;
    }

    private sealed class Messages : LongLivedMarshalByRefObject, IMessageSink
    {
        public List<string> Failures { get; } = [];

        public bool OnMessage(IMessageSinkMessage message)
        {
            if (message is ITestFailed failed)
                Failures.AddRange(failed.Messages);
            return true;
        }
    }

    public static class Even
    {
        public static Arbitrary<int> Numbers() => ArbMap.Default.ArbFor<int>().MapFilter(a => a * 2, _ => true);
    }

#pragma warning disable xUnit1000 // Hidden from xunit's discovery on purpose: these properties fail.
    private sealed class Cases
    {
        [Property(StartSize = 50)]
        public bool Fails(int a) => a < 10;

        public bool Bool(int a) => a < 10;

        public void Void(int a) => a.ShouldBeLessThan(10);

        public async Task Later(int a)
        {
            await Task.Yield();
            a.ShouldBeLessThan(10);
        }

        public Property Labelled(int a) => (a < 10).Label("small");

        public Property Never(int a) => true.When(false);

        public void Counted(int a) => _runs++;
    }
}
