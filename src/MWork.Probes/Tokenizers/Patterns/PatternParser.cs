namespace MWork.Probes.Tokenizers.Patterns;

/// <summary>
/// Parses the regular expressions of <c>tokenizer.json</c> as Oniguruma's Ruby syntax reads them (the engine of the reference):
/// <c>^</c> and <c>$</c> are per line, classes nest, <c>++ *+ ?+</c> are possessive. Back-references are refused.
/// </summary>
internal sealed class PatternParser
{
    private const int DeepestNesting = 100;
    private const int MostQuantifiers = 3;
    private readonly PatternReader _reader;
    private bool _ignoreCase;
    private bool _dotAll;
    private int _depth;

    private PatternParser(string pattern) => _reader = new PatternReader(pattern);

    /// <exception cref="FormatException">Not a pattern, or one that uses what is not supported.</exception>
    public static PatternNode Parse(string pattern)
    {
        var parser = new PatternParser(pattern);
        PatternNode node = parser.Choice();
        return parser._reader.AtEnd ? node : throw parser._reader.Refuse("an unmatched ')'");
    }

    private PatternNode Choice()
    {
        if (++_depth > DeepestNesting)
            throw _reader.Refuse("groups nest too deeply");
        var options = new List<PatternNode> { Sequence() };
        while (_reader.Next("|"))
            options.Add(Sequence());
        _depth--;
        return options.Count == 1 ? options[0] : new ChoiceNode(options);
    }

    private PatternNode Sequence()
    {
        var items = new List<PatternNode>();
        while (!_reader.AtEnd && _reader.Current is not ('|' or ')'))
        {
            if (TryOptionSwitch(out bool ignoreCase, out bool dotAll))
            {
                // (?i) holds to the end of the enclosing group, alternatives included.
                (bool oldIgnoreCase, bool oldDotAll) = (_ignoreCase, _dotAll);
                (_ignoreCase, _dotAll) = (ignoreCase, dotAll);
                items.Add(Choice());
                (_ignoreCase, _dotAll) = (oldIgnoreCase, oldDotAll);
                continue;
            }

            items.Add(Quantified(Atom()));
        }

        return items.Count == 1 ? items[0] : new SequenceNode(items);
    }

    private PatternNode Quantified(PatternNode body)
    {
        for (int stacked = 0; ; stacked++)
        {
            int start = _reader.Position;
            (int min, int max)? range = _reader.Current switch
            {
                '*' => (0, -1),
                '+' => (1, -1),
                '?' => (0, 1),
                _ => null,
            };
            bool interval = false;
            if (range is not null)
                _reader.Position++;
            else if (_reader.Current == '{' && Interval() is { } found)
                (range, interval) = (found, true);
            if (range is not var (least, most))
            {
                _reader.Position = start;
                return body;
            }

            Greed greed = _reader.Next("?") ? Greed.Lazy
                : !interval && _reader.Next("+") ? Greed.Possessive : Greed.Greedy;
            if (stacked == MostQuantifiers)
                throw _reader.Refuse("too many quantifiers in a row");
            if (body is AssertionNode or LookNode)
                throw _reader.Refuse("a repeated assertion");
            if (body.CanBeEmpty && most != 1)
                throw _reader.Refuse("a repeated group that can match nothing");
            body = new RepeatNode(body, least, most, greed);
        }
    }

    private (int Min, int Max)? Interval()
    {
        _reader.Next("{");
        int? min = _reader.Number();
        int? max = min;
        if (_reader.Next(","))
            max = _reader.Number() ?? (min is null ? null : -1);
        if (!_reader.Next("}") || (min ?? max) is null)
            return null;
        return max >= 0 && max < (min ?? 0) ? throw _reader.Refuse("an interval that runs backwards") : (min ?? 0, max!.Value);
    }

    private PatternNode Atom()
    {
        if (_reader.Next("("))
            return Group();
        if (_reader.Next("["))
            return new SetNode(ClassParser.Bracketed(_reader, _ignoreCase));
        if (_reader.Next("\\"))
            return Escape();
        if (_reader.Next("."))
            return new SetNode(CharacterClass.Not(_dotAll ? new CharacterClass() : CharacterClass.Of('\n')));
        if (_reader.Next("^"))
            return new AssertionNode(Assertion.LineStart);
        if (_reader.Next("$"))
            return new AssertionNode(Assertion.LineEnd);
        if (_reader.Current is '*' or '+' or '?')
            throw _reader.Refuse("a quantifier with nothing to repeat");
        return Literal(_reader.CodePoint());
    }

    private SetNode Literal(int codePoint) => new(new CharacterClass { IgnoreCase = _ignoreCase }.Add(codePoint));

    private PatternNode Escape()
    {
        if (ClassParser.EscapedSet(_reader) is { } set)
            return new SetNode(set);
        Assertion? assertion = _reader.Current switch
        {
            'A' => Assertion.TextStart,
            'z' => Assertion.TextEnd,
            'Z' => Assertion.TextEndOrLastNewline,
            'b' => Assertion.WordBoundary,
            'B' => Assertion.NotWordBoundary,
            _ => null,
        };
        if (assertion is null)
            return Literal(ClassParser.EscapedCodePoint(_reader));
        _reader.Position++;
        return new AssertionNode(assertion.Value);
    }

    private PatternNode Group()
    {
        Func<PatternNode, PatternNode> wrap = body => body;
        (bool ignoreCase, bool dotAll) = (_ignoreCase, _dotAll);
        if (_reader.Next("?=") || _reader.Next("?!"))
        {
            _reader.Position--;
            bool negated = _reader.Next("!") || !_reader.Next("=");
            wrap = body => new LookNode(body, Behind: false, negated);
        }
        else if (_reader.Next("?<=") || _reader.Next("?<!"))
        {
            _reader.Position--;
            bool negated = _reader.Next("!") || !_reader.Next("=");
            wrap = body => body.FixedLength is not null
                || (body is ChoiceNode choice && choice.Options.All(option => option.FixedLength is not null))
                ? new LookNode(body, Behind: true, negated)
                : throw _reader.Refuse("a look-behind of varying length");
        }
        else if (_reader.Next("?>"))
        {
            wrap = body => new AtomicNode(body);
        }
        else if (_reader.Next("?<"))
        {
            _reader.Until('>');
        }
        else if (_reader.Next("?"))
        {
            Options(':');
        }

        PatternNode inner = Choice();
        if (!_reader.Next(")"))
            throw _reader.Refuse("')' is missing");
        (_ignoreCase, _dotAll) = (ignoreCase, dotAll);
        return wrap(inner);
    }

    private bool TryOptionSwitch(out bool ignoreCase, out bool dotAll)
    {
        int start = _reader.Position;
        (bool oldIgnoreCase, bool oldDotAll) = (_ignoreCase, _dotAll);
        bool found = _reader.Next("(?") && _reader.Current is 'i' or 'm' or '-' && Options(')', probing: true);
        (ignoreCase, dotAll) = (_ignoreCase, _dotAll);
        (_ignoreCase, _dotAll) = (oldIgnoreCase, oldDotAll);
        if (!found)
            _reader.Position = start;
        return found;
    }

    // The letters between "(?" and ':' or ')'. In Ruby's syntax m lets '.' match newlines.
    private bool Options(char end, bool probing = false)
    {
        bool value = true;
        while (_reader.Current != end)
        {
            switch (_reader.Current)
            {
                case '-': value = false; break;
                case 'i': _ignoreCase = value; break;
                case 'm': _dotAll = value; break;
                default:
                    return probing ? false : throw _reader.Refuse($"the group '(?{_reader.Current}'");
            }

            _reader.Position++;
        }

        _reader.Position++;
        return true;
    }
}
