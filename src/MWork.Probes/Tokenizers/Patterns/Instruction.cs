namespace MWork.Probes.Tokenizers.Patterns;

internal readonly record struct Instruction(PatternOp Op, int X = 0, int Y = 0, CharacterClass? Set = null, Greed Greed = Greed.Greedy);
