namespace MWork.Probes.Tokenizers.Patterns;

/// <summary>
/// A compiled pattern: a backtracking matcher over code points with its stack on the heap, so that text of any length is safe.
/// Like the reference's engine it gives up rather than hang.
/// </summary>
internal sealed class Pattern
{
    // Oniguruma gives one match ten million steps; here a text has a budget that no pattern of a released tokenizer comes near.
    private const long StepLimit = 2_000_000;
    private const long StepsPerChar = 1_000;

    private readonly string _source;
    private readonly Instruction[] _code;

    /// <exception cref="FormatException">The pattern is not supported; the message says which part.</exception>
    public Pattern(string source)
    {
        _source = source;
        _code = PatternProgram.Compile(PatternParser.Parse(source));
    }

    /// <summary>All matches from left to right; an empty match directly after another is skipped.</summary>
    public void FindAll(string text, List<Stretch> output)
    {
        var run = new Run(_code, text, StepLimit + (StepsPerChar * text.Length), _source);
        int covered = 0;
        int position = 0;
        while (position <= text.Length)
        {
            int end = run.Match(0, position);
            if (end < 0 || (end == position && position == covered && covered > 0))
            {
                position += position < text.Length ? StepAt(text, position) : 1;
                continue;
            }

            if (covered < position)
                output.Add(new Stretch(covered, position, IsMatch: false));
            output.Add(new Stretch(position, end, IsMatch: true));
            covered = end;
            position = end > position ? end : position + (position < text.Length ? StepAt(text, position) : 1);
        }

        if (covered < text.Length)
            output.Add(new Stretch(covered, text.Length, IsMatch: false));
    }

    private static int StepAt(string text, int position)
    {
        CodePoints.At(text, position, out int length);
        return length;
    }

    /// <summary>A choice to come back to: greedy loops give back down to Limit, lazy ones take Limit more.</summary>
    private readonly record struct Choice(int Pc, int Position, int Limit, Greed? Loop);

    private sealed class Run(Instruction[] code, string text, long steps, string source)
    {
        private readonly List<Choice> _choices = [];
        private long _stepsLeft = steps;

        /// <summary>Where the match of the code at <paramref name="pc"/> ends that starts here, or -1.</summary>
        public int Match(int pc, int position)
        {
            int floor = _choices.Count;
            while (true)
            {
                if (--_stepsLeft < 0)
                    throw new InvalidOperationException($"The pattern '{source}' backtracks too much on this text.");
                Instruction instruction = code[pc];
                if (instruction.Op == PatternOp.Done)
                {
                    _choices.RemoveRange(floor, _choices.Count - floor);
                    return position;
                }

                if (Step(instruction, ref pc, ref position) || GiveBack(floor, ref pc, ref position))
                    continue;
                return -1;
            }
        }

        private bool Step(Instruction instruction, ref int pc, ref int position)
        {
            switch (instruction.Op)
            {
                case PatternOp.Set:
                    pc++;
                    return Take(instruction.Set!, ref position);
                case PatternOp.SetLoop:
                    return Loop(instruction, ref pc, ref position);
                case PatternOp.Split:
                    _choices.Add(new Choice(instruction.Y, position, 0, null));
                    pc = instruction.X;
                    return true;
                case PatternOp.Jump:
                    pc = instruction.X;
                    return true;
                case PatternOp.Atomic:
                    position = Match(pc + 1, position);
                    pc = instruction.X;
                    return position >= 0;
                case PatternOp.Look or PatternOp.LookNot:
                    int start = Back(position, instruction.X);
                    bool found = start >= 0 && Match(pc + 1, start) >= 0;
                    pc = instruction.Y;
                    return found == (instruction.Op == PatternOp.Look);
                default:
                    pc++;
                    return Holds((Assertion)instruction.X, position);
            }
        }

        private bool Take(CharacterClass set, ref int position)
        {
            if (position >= text.Length)
                return false;
            int codePoint = CodePoints.At(text, position, out int length);
            if (!set.Contains(codePoint))
                return false;
            position += length;
            return true;
        }

        private bool Loop(Instruction loop, ref int pc, ref int position)
        {
            int count = 0;
            while (count < loop.X)
            {
                if (!Take(loop.Set!, ref position))
                    return false;
                count++;
            }

            int least = position;
            int most = loop.Y < 0 ? int.MaxValue : loop.Y;
            pc++;
            if (loop.Greed == Greed.Lazy)
            {
                if (count < most)
                    _choices.Add(new Choice(pc - 1, position, most - count, Greed.Lazy));
                return true;
            }

            while (count < most && Take(loop.Set!, ref position))
                count++;
            _stepsLeft -= count / 8;
            if (loop.Greed == Greed.Greedy && position > least)
                _choices.Add(new Choice(pc, position, least, Greed.Greedy));
            return true;
        }

        private bool GiveBack(int floor, ref int pc, ref int position)
        {
            while (_choices.Count > floor)
            {
                Choice choice = _choices[^1];
                _choices.RemoveAt(_choices.Count - 1);
                pc = choice.Pc;
                position = choice.Position;
                switch (choice.Loop)
                {
                    case null:
                        return true;
                    case Greed.Greedy:
                        position = Back(position, 1);
                        if (position > choice.Limit)
                            _choices.Add(choice with { Position = position });
                        return true;
                    default:
                        if (!Take(code[pc].Set!, ref position))
                            continue;
                        if (choice.Limit > 1)
                            _choices.Add(choice with { Position = position, Limit = choice.Limit - 1 });
                        pc++;
                        return true;
                }
            }

            return false;
        }

        private int Back(int position, int count)
        {
            for (; count > 0 && position >= 0; count--)
                position -= position > 1 && char.IsLowSurrogate(text[position - 1]) ? 2 : 1;
            return position;
        }

        private bool Holds(Assertion assertion, int position) => assertion switch
        {
            Assertion.TextStart => position == 0,
            Assertion.TextEnd => position == text.Length,
            Assertion.TextEndOrLastNewline => position == text.Length || (position == text.Length - 1 && text[position] == '\n'),
            Assertion.LineStart => position == 0 || (text[position - 1] == '\n' && position < text.Length),
            Assertion.LineEnd => position == text.Length || text[position] == '\n',
            Assertion.WordBoundary => IsBoundary(position),
            _ => !IsBoundary(position),
        };

        private bool IsBoundary(int position)
        {
            bool before = position > 0 && CharacterClass.Word.Contains(CodePoints.Before(text, position));
            bool after = position < text.Length && CharacterClass.Word.Contains(CodePoints.At(text, position, out _));
            return before != after;
        }
    }
}
