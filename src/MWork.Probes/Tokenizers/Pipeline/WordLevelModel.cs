namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>One id per whole piece (model type <c>WordLevel</c>).</summary>
internal sealed class WordLevelModel : ITokenModel
{
    private readonly int _unknown;

    private WordLevelModel(Vocabulary vocabulary, int unknown)
    {
        Vocabulary = vocabulary;
        _unknown = unknown;
    }

    public Vocabulary Vocabulary { get; }

    public int? UnknownId => _unknown;

    public static WordLevelModel Read(JsonField model)
    {
        Vocabulary vocabulary = Vocabulary.Read(model["vocab"]);
        JsonField unknown = model["unk_token"];
        int id = vocabulary.IdOf(unknown.Text())
            ?? throw unknown.Refuse($"the token '{unknown.Text()}' is not in model.vocab.");
        return new WordLevelModel(vocabulary, id);
    }

    public void Encode(string piece, List<int> ids) => ids.Add(Vocabulary.IdOf(piece) ?? _unknown);
}
