using MWork.Probes.Evidence;
using MWork.Probes.Report;
using Shouldly;
using VerifyXunit;

namespace MWork.Regression.Report;

public sealed class ComparisonTests
{
    [Fact]
    public void What_moved_is_told_with_what_changed_beside_it()
    {
        var comparison = Comparison.Of(Fixtures.Before, Fixtures.After);
        comparison.Moves.Where(move => move.ChangesVerdict).ShouldAllBe(
            move => move.Claim == "C1" && move.Subject == "english-switched" && move.VerdictBefore == Verdict.Supported && move.VerdictAfter == Verdict.Refuted && move.Why == "model");
        comparison.Moves[0].ChangesVerdict.ShouldBeTrue();
        comparison.Moves.Single(move => move.Claim == "C2").Why.ShouldBe("code or machine");
        comparison.Moves.Single(move => move.Claim == "K4").ShouldSatisfyAllConditions(move => move.Why.ShouldBe("new"), move => move.Before.ShouldBeNull(), move => move.ChangesVerdict.ShouldBeFalse());
    }

    [Fact]
    public void A_run_compared_with_itself_has_not_moved()
    {
        var comparison = Comparison.Of(Fixtures.After, Fixtures.After);
        comparison.Moves.ShouldBeEmpty();
        comparison.Same.ShouldBe(Fixtures.After.Evidence.Sum(evidence => evidence.Findings.Count));
    }

    [Fact]
    public Task The_summary_for_a_pull_request_reads_like_this() =>
        Verifier.Verify(MarkdownSummary.Render(Fixtures.After, Comparison.Of(Fixtures.Before, Fixtures.After)));
}
