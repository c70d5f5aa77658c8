namespace MWork.Probes.Tokenizers.Patterns;

internal enum Assertion
{
    TextStart,
    TextEnd,
    TextEndOrLastNewline,
    LineStart,
    LineEnd,
    WordBoundary,
    NotWordBoundary,
}
