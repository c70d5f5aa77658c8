using MWork.Probes.Models;
using MWork.Probes.Randomness;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Text;
using MWork.Probes.Training;

namespace MWork.Hypotheses;

/// <summary>
/// What a model is tuned on: questions of one language with their answers, about shared facts that never score, in wordings that neither
/// select neurons nor score. A model that was trained on the small world has seen three in four of them.
/// </summary>
internal sealed class TuningText
{
    private readonly Subject _subject;

    public TuningText(Subject subject, Language language)
    {
        _subject = subject;
        Documents = [.. subject.World.Facts
            .Where(fact => fact.IsShared && fact.Split == Use.Selection)
            .SelectMany(fact => new[] { Use.Train, Use.Spare }.SelectMany(use => subject.World.Questions(fact, language, use)))];
    }

    /// <summary>Every document that there is.</summary>
    public IReadOnlyList<Sentence> Documents { get; }

    /// <summary>So many steps of so many documents, none twice, in an order of chance.</summary>
    /// <exception cref="ArgumentException">There are not that many documents.</exception>
    public TargetBatch[] Draw(int steps, int rows, CounterRandom random)
    {
        if (steps * rows > Documents.Count)
        {
            throw new ArgumentException($"{steps} steps of {rows} documents need more than the {Documents.Count} that there are.", nameof(steps));
        }

        return [.. random.Sample(Documents.Count, steps * rows).Select(i => Documents[i]).Chunk(rows).Select(Batch)];
    }

    // The planted models answer and say nothing else, so that only answers count: in front of the answer stands the question up to its answer word.
    private TargetBatch Batch(Sentence[] sentences) => TargetBatch.Answers(
        TokenBatch.Of([.. sentences.Select(sentence => _subject.Model.Tokenizer.Encode(string.Join(' ', sentence.Tokens.SkipLast(2))))]),
        [.. sentences.Select(sentence => _subject.Model.Tokenizer.TokenToId(sentence.Tokens[^2])
            ?? throw new ArgumentException($"'{sentence.Tokens[^2]}' is not one token of this model; it cannot be tuned to say it."))]);
}
