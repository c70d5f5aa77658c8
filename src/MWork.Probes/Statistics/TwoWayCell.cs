namespace MWork.Probes.Statistics;

/// <summary>One scored cell of facts × draws.</summary>
public readonly record struct TwoWayCell(int Fact, int Draw, double Value);
