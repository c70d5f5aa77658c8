namespace MWork.Probes.Tokenizers.Patterns;

/// <summary>Turns a syntax tree into the instructions that <see cref="Pattern"/> runs.</summary>
internal sealed class PatternProgram
{
    private const int MostInstructions = 20_000;
    private readonly List<Instruction> _code = [];

    public static Instruction[] Compile(PatternNode node)
    {
        var program = new PatternProgram();
        program.Emit(node);
        program.Add(new Instruction(PatternOp.Done));
        return [.. program._code];
    }

    private int Add(Instruction instruction)
    {
        if (_code.Count >= MostInstructions)
            throw new FormatException("the pattern repeats too much to be compiled.");
        _code.Add(instruction);
        return _code.Count - 1;
    }

    private void Emit(PatternNode node)
    {
        switch (node)
        {
            case SetNode set:
                Add(new Instruction(PatternOp.Set, Set: set.Set));
                break;
            case AssertionNode assertion:
                Add(new Instruction(PatternOp.Assert, (int)assertion.Kind));
                break;
            case SequenceNode sequence:
                foreach (PatternNode item in sequence.Items)
                    Emit(item);
                break;
            case ChoiceNode choice:
                EmitChoice(choice);
                break;
            case RepeatNode { Body: SetNode set } repeat:
                Add(new Instruction(PatternOp.SetLoop, repeat.Min, repeat.Max, set.Set, repeat.Greed));
                break;
            case RepeatNode { Greed: Greed.Possessive } repeat:
                Emit(new AtomicNode(repeat with { Greed = Greed.Greedy }));
                break;
            case RepeatNode repeat:
                EmitRepeat(repeat);
                break;
            case AtomicNode atomic:
                EmitUnit(new Instruction(PatternOp.Atomic), atomic.Body, end => new Instruction(PatternOp.Atomic, end));
                break;
            case LookNode look:
                EmitLook(look);
                break;
        }
    }

    private void EmitUnit(Instruction placeholder, PatternNode body, Func<int, Instruction> finished)
    {
        int at = Add(placeholder);
        Emit(body);
        Add(new Instruction(PatternOp.Done));
        _code[at] = finished(_code.Count);
    }

    private void EmitLook(LookNode look)
    {
        PatternOp op = look.Negated ? PatternOp.LookNot : PatternOp.Look;
        if (look.Behind && look.Body is ChoiceNode { FixedLength: null } choice)
        {
            // Alternatives of different lengths: not any of them, or one of them.
            PatternNode[] each = [.. choice.Options.Select(option => look with { Body = option })];
            Emit(look.Negated ? new SequenceNode(each) : new ChoiceNode(each));
            return;
        }

        int back = look.Behind ? look.Body.FixedLength!.Value : 0;
        EmitUnit(new Instruction(op), look.Body, end => new Instruction(op, back, end));
    }

    private void EmitChoice(ChoiceNode choice)
    {
        var jumps = new List<int>();
        for (int i = 0; i < choice.Options.Count; i++)
        {
            bool last = i == choice.Options.Count - 1;
            int split = last ? -1 : Add(new Instruction(PatternOp.Split));
            Emit(choice.Options[i]);
            if (last)
                break;
            jumps.Add(Add(new Instruction(PatternOp.Jump)));
            _code[split] = new Instruction(PatternOp.Split, split + 1, _code.Count);
        }

        foreach (int jump in jumps)
            _code[jump] = new Instruction(PatternOp.Jump, _code.Count);
    }

    private void EmitRepeat(RepeatNode repeat)
    {
        for (int i = 0; i < repeat.Min; i++)
            Emit(repeat.Body);
        if (repeat.Max < 0)
        {
            int split = Add(new Instruction(PatternOp.Split));
            Emit(repeat.Body);
            Add(new Instruction(PatternOp.Jump, split));
            _code[split] = SplitTo(repeat.Greed, split + 1, _code.Count);
            return;
        }

        var splits = new List<int>();
        for (int i = repeat.Min; i < repeat.Max; i++)
        {
            splits.Add(Add(new Instruction(PatternOp.Split)));
            Emit(repeat.Body);
        }

        foreach (int split in splits)
            _code[split] = SplitTo(repeat.Greed, split + 1, _code.Count);
    }

    private static Instruction SplitTo(Greed greed, int body, int after) =>
        greed == Greed.Lazy ? new Instruction(PatternOp.Split, after, body) : new Instruction(PatternOp.Split, body, after);
}
