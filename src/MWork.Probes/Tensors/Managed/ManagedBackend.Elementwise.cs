using System.Runtime.Intrinsics;
using static MWork.Probes.Tensors.Shapes;

namespace MWork.Probes.Tensors.Managed;

public sealed unsafe partial class ManagedBackend
{
    public Tensor Add(Tensor a, Tensor b) => Combine<Elementwise.Add>("Add", a, b);

    public Tensor Sub(Tensor a, Tensor b) => Combine<Elementwise.Sub>("Sub", a, b);

    public Tensor Mul(Tensor a, Tensor b) => Combine<Elementwise.Mul>("Mul", a, b);

    public Tensor Div(Tensor a, Tensor b) => Combine<Elementwise.Div>("Div", a, b);

    public Tensor Add(Tensor x, float value) => CombineScalar<Elementwise.Add>(Own(x), value);

    public Tensor Mul(Tensor x, float value) => CombineScalar<Elementwise.Mul>(Own(x), value);

    public Tensor Gt(Tensor x, float value) => CombineScalar<Elementwise.Gt>(Own(x), value);

    public Tensor Exp(Tensor x) => Map<Elementwise.Exp>(x, ArithmeticGrain);

    public Tensor Log(Tensor x) => Map<Elementwise.Log>(x, ArithmeticGrain);

    public Tensor Sqrt(Tensor x) => Map<Elementwise.Sqrt>(x, ArithmeticGrain);

    public Tensor Abs(Tensor x) => Map<Elementwise.Abs>(x, StreamGrain);

    public Tensor Tanh(Tensor x) => Map<Elementwise.Tanh>(x, ArithmeticGrain);

    public Tensor Silu(Tensor x) => Map<Elementwise.Silu>(x, ArithmeticGrain);

    public Tensor Gelu(Tensor x, bool tanh) =>
        tanh ? Map<Elementwise.GeluTanh>(x, ArithmeticGrain) : Map<Elementwise.Gelu>(x, ArithmeticGrain);

    public Tensor SiluBackward(Tensor grad, Tensor x) => Pair<Elementwise.SiluBackward>("SiluBackward", grad, x);

    public Tensor GeluBackward(Tensor grad, Tensor x, bool tanh) => tanh
        ? Pair<Elementwise.GeluTanhBackward>("GeluBackward", grad, x)
        : Pair<Elementwise.GeluBackward>("GeluBackward", grad, x);

    private ManagedTensor Map<TOp>(Tensor x, int grain)
        where TOp : struct, IUnary
    {
        ManagedTensor input = Own(x);
        var output = new ManagedTensor(input.Shape);
        float* from = input.Data;
        float* to = output.Data;
        _workers.For(Lanes.Vectors(input.Count), grain / Lanes.Width, (start, end) => MapRange<TOp>(from, to, start, end));
        GC.KeepAlive(input);
        return output;
    }

    private ManagedTensor Pair<TOp>(string operation, Tensor a, Tensor b)
        where TOp : struct, IBinary
    {
        RequireSameShape(operation, a, b);
        ManagedTensor left = Own(a);
        ManagedTensor right = Own(b);
        var output = new ManagedTensor(left.Shape);
        CombineFlat<TOp>(left.Data, right.Data, output.Data, left.Count, ArithmeticGrain);
        GC.KeepAlive(left);
        GC.KeepAlive(right);
        return output;
    }

    private void CombineFlat<TOp>(float* a, float* b, float* to, int count, int grain)
        where TOp : struct, IBinary =>
        _workers.For(Lanes.Vectors(count), grain / Lanes.Width, (start, end) => CombineRange<TOp>(a, b, to, start, end));

    private ManagedTensor CombineScalar<TOp>(ManagedTensor input, float value)
        where TOp : struct, IBinary
    {
        var output = new ManagedTensor(input.Shape);
        float* from = input.Data;
        float* to = output.Data;
        _workers.For(Lanes.Vectors(input.Count), StreamGrain / Lanes.Width, (start, end) =>
            CombineScalarRange<TOp>(from, value, to, start, end));
        GC.KeepAlive(input);
        return output;
    }

    // The flat loops work on whole vectors: storage is padded to them, and a lane does not depend on its neighbours.
    private static void MapRange<TOp>(float* from, float* to, int start, int end)
        where TOp : struct, IUnary
    {
        for (long i = (long)start * Lanes.Width; i < (long)end * Lanes.Width; i += Lanes.Width)
        {
            TOp.Apply(Vector512.LoadAligned(from + i)).StoreAligned(to + i);
        }
    }

    private static void CombineRange<TOp>(float* a, float* b, float* to, int start, int end)
        where TOp : struct, IBinary
    {
        for (long i = (long)start * Lanes.Width; i < (long)end * Lanes.Width; i += Lanes.Width)
        {
            TOp.Apply(Vector512.LoadAligned(a + i), Vector512.LoadAligned(b + i)).StoreAligned(to + i);
        }
    }

    private static void CombineScalarRange<TOp>(float* a, float b, float* to, int start, int end)
        where TOp : struct, IBinary
    {
        Vector512<float> right = Vector512.Create(b);
        for (long i = (long)start * Lanes.Width; i < (long)end * Lanes.Width; i += Lanes.Width)
        {
            TOp.Apply(Vector512.LoadAligned(a + i), right).StoreAligned(to + i);
        }
    }
}
