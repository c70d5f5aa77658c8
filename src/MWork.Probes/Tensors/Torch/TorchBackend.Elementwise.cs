using System.Runtime.CompilerServices;
using TorchSharp;
using static MWork.Probes.Tensors.Shapes;
using static TorchSharp.torch;

namespace MWork.Probes.Tensors.Torch;

public sealed partial class TorchBackend
{
    private const double SqrtTwoOverPi = 0.79788456080286536;
    private const double GeluCubic = 0.044715;
    private const double SqrtHalf = 0.70710678118654752;
    private const double InverseSqrtTwoPi = 0.39894228040143268;

    public Tensor Add(Tensor a, Tensor b) => Broadcast(a, b, v => v[0] + v[1]);

    public Tensor Sub(Tensor a, Tensor b) => Broadcast(a, b, v => v[0] - v[1]);

    public Tensor Mul(Tensor a, Tensor b) => Broadcast(a, b, v => v[0] * v[1]);

    public Tensor Div(Tensor a, Tensor b) => Broadcast(a, b, v => v[0] / v[1]);

    public Tensor Add(Tensor x, float value) => Run([x], v => v[0] + value);

    public Tensor Mul(Tensor x, float value) => Run([x], v => v[0] * value);

    public Tensor Exp(Tensor x) => Run([x], v => v[0].exp());

    public Tensor Log(Tensor x) => Run([x], v => v[0].log());

    public Tensor Sqrt(Tensor x) => Run([x], v => v[0].sqrt());

    public Tensor Abs(Tensor x) => Run([x], v => v[0].abs());

    public Tensor Tanh(Tensor x) => Run([x], v => v[0].tanh());

    public Tensor Gt(Tensor x, float value) => Run([x], v => v[0].gt(value).to(float32));

    public Tensor Silu(Tensor x) => Run([x], v => nn.functional.silu(v[0]));

    public Tensor Gelu(Tensor x, bool tanh) =>
        Run([x], v => tanh ? v[0] * 0.5 * (GeluArgument(v[0]).tanh() + 1) : nn.functional.gelu(v[0]));

    // σ(x) · (1 + x · (1 − σ(x)))
    public Tensor SiluBackward(Tensor grad, Tensor x) => Pair(grad, x, v =>
    {
        torch.Tensor sigmoid = v[1].sigmoid();
        return v[0] * sigmoid * (((1 - sigmoid) * v[1]) + 1);
    });

    // ½ (1 + t) + ½ x (1 − t²) · u'(x) with t = tanh(u), or Φ(x) + x · φ(x)
    public Tensor GeluBackward(Tensor grad, Tensor x, bool tanh) => Pair(grad, x, v =>
    {
        torch.Tensor square = v[1] * v[1];
        if (tanh)
        {
            torch.Tensor t = GeluArgument(v[1]).tanh();
            torch.Tensor slope = ((square * (3 * GeluCubic)) + 1) * SqrtTwoOverPi;
            return v[0] * 0.5 * (t + 1 + (v[1] * (1 - (t * t)) * slope));
        }

        return v[0] * ((((v[1] * SqrtHalf).erf() + 1) * 0.5) + (v[1] * (square * -0.5).exp() * InverseSqrtTwoPi));
    });

    private static torch.Tensor GeluArgument(torch.Tensor x) => (x + (x * x * x * GeluCubic)) * SqrtTwoOverPi;

    // libtorch lets either side grow; here a decides.
    private TorchTensor Broadcast(Tensor a, Tensor b, Func<torch.Tensor[], torch.Tensor> compute, [CallerMemberName] string operation = "")
    {
        RequireBroadcast(operation, a, b);
        return Run([a, b], compute, operation);
    }

    private TorchTensor Pair(Tensor a, Tensor b, Func<torch.Tensor[], torch.Tensor> compute, [CallerMemberName] string operation = "")
    {
        RequireSameShape(operation, a, b);
        return Run([a, b], compute, operation);
    }
}
