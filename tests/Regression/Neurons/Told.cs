namespace MWork.Regression.Neurons;

/// <summary>Progress, heard at once and in order.</summary>
internal sealed class Told(Action<int> tell) : IProgress<int>
{
    public void Report(int value) => tell(value);
}
