using MWork.Probes.Tensors;
using Shouldly;

namespace MWork.Regression.Conformance;

/// <summary>Weights fill one device after another, and leave each room to compute in.</summary>
public sealed class DeviceRoomTests
{
    [Fact]
    public void Devices_are_filled_in_order_up_to_what_activations_need()
    {
        var room = new DeviceRoom([800, 800, 1600]);
        Enumerable.Range(0, 9).Select(_ => room.Take(200)).ShouldBe([0, 0, 0, 1, 1, 1, 2, 2, 2]);
        room.ForActivations.ShouldBe(200);
    }

    [Fact]
    public void A_model_that_fits_one_device_stays_there()
    {
        var room = new DeviceRoom([800, 800]);
        room.Take(500).ShouldBe(0);
        room.ForActivations.ShouldBe(300);
    }

    [Fact]
    public void What_fits_nowhere_is_refused_with_a_way_out()
    {
        var room = new DeviceRoom([800, 800]);
        Should.Throw<DeviceMemoryException>(() => room.Take(701)).Message.ShouldContain("MWORK_WEIGHTS=stored");
    }

    [Fact]
    public void Room_that_is_given_back_is_used_again()
    {
        var room = new DeviceRoom([800, 800]);
        room.Take(700).ShouldBe(0);
        room.Take(700).ShouldBe(1);
        room.Return(0, 700);
        room.Take(600).ShouldBe(0);
    }
}
