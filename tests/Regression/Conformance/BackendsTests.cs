using MWork.Probes.Tensors;
using Shouldly;

namespace MWork.Regression.Conformance;

public sealed class BackendsTests
{
    [Fact]
    public void The_managed_backend_is_always_there_and_comes_first() => Backends.BuiltIn[0].ShouldBe("managed");

    [Fact]
    public void A_backend_that_is_not_built_in_is_refused_with_those_that_are() =>
        Should.Throw<ArgumentException>(() => Backends.Create("tpu")).Message.ShouldStartWith("MWORK_BACKEND is 'tpu', but this build has managed");

    [Fact]
    public void A_device_that_the_backend_does_not_have_is_refused() =>
        Should.Throw<ArgumentException>(() => Backends.Create("managed", "cuda:0")).Message.ShouldContain("MWORK_DEVICE is 'cuda:0'");

    [Fact]
    public void What_could_change_a_bit_is_named_for_the_evidence()
    {
        foreach (string name in Backends.BuiltIn)
        {
            BuiltIn.Get(name).Name.ShouldBe(name);
            BuiltIn.Get(name).Settings["threads"].ShouldBe("3");
        }
    }
}
