namespace MWork.Probes.Tokenizers.Patterns;

/// <summary>One step of a compiled pattern; what X and Y mean, <see cref="PatternOp"/> says.</summary>
internal readonly record struct Instruction(
    PatternOp Op, int X = 0, int Y = 0, CharacterClass? Set = null, Greed Greed = Greed.Greedy);
