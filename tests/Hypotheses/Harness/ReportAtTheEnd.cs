using System.Reflection;
using MWork.Testing;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("MWork.Hypotheses.Harness.ReportAtTheEnd", ThisTestAssembly.Name)]

namespace MWork.Hypotheses.Harness;

/// <summary>xunit as it is, but for one thing: when the last claim is done, the report is rendered from all evidence that there is.</summary>
public sealed class ReportAtTheEnd(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName name, ISourceInformationProvider sources, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(name, sources, diagnostics)
    {
        protected override async void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
        {
            using var runner = new Runner(TestAssembly, testCases, DiagnosticMessageSink, executionMessageSink, executionOptions);
            await runner.RunAsync();
        }
    }

    private sealed class Runner(
        ITestAssembly assembly, IEnumerable<IXunitTestCase> cases, IMessageSink diagnostics, IMessageSink execution, ITestFrameworkExecutionOptions options)
        : XunitTestAssemblyRunner(assembly, cases, diagnostics, execution, options)
    {
        protected override async Task BeforeTestAssemblyFinishedAsync()
        {
            // What goes wrong here fails the run, as a fixture that cannot be disposed of does.
            Aggregator.Run(VerdictSummary.Finish);
            await base.BeforeTestAssemblyFinishedAsync();
        }
    }
}
