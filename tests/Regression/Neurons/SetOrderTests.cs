using FsCheck;
using FsCheck.Xunit;
using MWork.Probes.Neurons;
using MWork.Probes.Text;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class SetOrderTests
{
    public static TheoryData<int[]> Orders => new()
    {
        // list(set) in CPython 3.11, filled in ascending order.
        { [1, 2, 3] },
        { [33, 3, 9, 41, 17] },
        { [64, 1, 100, 8, 9, 72] },
        { [5, 12005, 205, 1005, 3005, 10005, 7005] },
        { [0, 64, 128, 10, 74, 138, 22, 191] },
        {
            [
                0, 1665, 259, 1924, 518, 2183, 777, 1036, 1295, 1554, 148, 1813, 407, 2072, 666, 925, 1184, 1443, 37, 1702, 296,
                1961, 555, 814, 1073, 1332, 1591, 185, 1850, 444, 2109, 703, 962, 1221, 1480, 74, 1739, 333, 1998, 592, 851, 1110,
                1369, 1628, 222, 1887, 481, 2146, 740, 999, 1258, 1517, 111, 1776, 370, 2035, 629, 888, 1147, 1406,
            ]
        },
    };

    [Theory, MemberData(nameof(Orders))]
    public void The_order_is_that_of_Python(int[] expected) => SetOrder.Of(expected.Reverse()).ShouldBe(expected);

    /// <summary>Above fifty thousand entries the table doubles and no longer quadruples. SHA-256 of the order, with commas, in CPython 3.11.</summary>
    [Theory]
    [InlineData(37, "f9b663708c59b04b2554194456d222a4667b3995caa2a4a175114b616dba8f6e")]
    [InlineData(4099, "859523c16c8a1a6a569ecb2711251ef45aace4ed03610f74a242381a82dfa0d4")]
    public void A_large_set_is_in_the_order_of_Python_too(int step, string expected) =>
        ContentHash.Of(string.Join(',', SetOrder.Of(Enumerable.Range(0, 80_000).Select(i => i * step)))).ShouldBe(expected);

    [Fact]
    public void A_set_of_none_has_no_order() => SetOrder.Of([]).ShouldBeEmpty();

    [Fact]
    public void A_negative_number_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => SetOrder.Of([3, -1]));

    [Property]
    public void Nothing_is_lost_or_repeated(NonNegativeInt[] values)
    {
        int[] members = [.. values.Select(value => value.Get)];
        SetOrder.Of(members).Order().ShouldBe(members.Distinct().Order());
    }
}
