using MWork.Probes.Evidence;
using MWork.Probes.Report;
using MWork.Probes.Statistics;
using Shouldly;

namespace MWork.Regression.Report;

public sealed class ResultTableTests
{
    [Fact]
    public void Claims_stand_in_their_order_and_subjects_by_what_was_asked_of_them()
    {
        var table = new ResultTable(Fixtures.After.Evidence);
        table.Claims.Select(claim => claim.Claim.Id).ShouldBe(["C1", "C2", "C3", "T1", "T2", "G2", "K2", "K4", "X1"]);
        table.Subjects[0].ShouldBe("english-pivot");
    }

    [Fact]
    public void The_criterion_that_decides_is_the_weakest_of_those_that_gave_the_verdict()
    {
        Result refuted = new ResultTable(Fixtures.After.Evidence).All.Single(result => result.Evidence.Subject == "english-switched");
        refuted.Deciding!.Verdict.ShouldBe(Verdict.Refuted);
        refuted.Deciding.P.ShouldBe(refuted.Evidence.Findings.Where(finding => finding.Verdict == Verdict.Refuted).Max(finding => finding.P));
    }

    [Fact]
    public void P_is_corrected_over_the_claims_of_one_subject()
    {
        Result[] own = [.. new ResultTable(Fixtures.After.Evidence).All.Where(result => result.Evidence.Subject == "english-pivot")];
        own.Select(result => result.Q).ShouldBe(MultipleTesting.BenjaminiHochberg([.. own.Select(result => result.Evidence.P)]));
        own.ShouldContain(result => result.Q > result.Evidence.P);
    }

    [Fact]
    public void A_power_curve_names_the_effect_found_four_times_in_five()
    {
        // An interval of ±1.96 is one standard error wide on either side: the bound, 1.96 for the level and 0.84 for the power.
        var criterion = new Criterion("gap", "share", Region.Above(0.5));
        var finding = Finding.Of(criterion, new Estimate(1, new Interval(1 - 1.959964, 1 + 1.959964, 0.95), 10));
        Picture picture = PowerCurves.Of(criterion, [("model", finding)], "power")!;
        picture.Table.Rows.ShouldHaveSingleItem().ShouldBe(["model", "1.00", "3.30", "0.07"]);
        PowerCurves.Of(criterion with { Region = null }, [("model", finding)], "power").ShouldBeNull();
        PowerCurves.Of(criterion, [("model", finding with { Interval = new Interval(1, 1, 0.95) })], "power").ShouldBeNull();
    }
}
