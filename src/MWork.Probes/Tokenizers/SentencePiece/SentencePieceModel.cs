namespace MWork.Probes.Tokenizers.SentencePiece;

/// <summary>What a <c>.model</c> file says (<c>sentencepiece_model.proto</c>), with the proto's defaults.</summary>
internal sealed class SentencePieceModel
{
    private const int Bpe = 2;
    private const int Unigram = 1;
    private int _modelType = Unigram;

    private SentencePieceModel(string file) => File = file;

    public string File { get; }

    public List<ScoredPiece> Pieces { get; } = [];

    public bool IsBpe => _modelType == Bpe;

    public bool ByteFallback { get; private set; }

    public bool WhitespaceAsSuffix { get; private set; }

    public string UnknownSurface { get; private set; } = " \u2047 ";

    public int BosId { get; private set; } = 1;

    public int EosId { get; private set; } = 2;

    public int PadId { get; private set; } = -1;

    public bool AddDummyPrefix { get; private set; } = true;

    public bool RemoveExtraWhitespaces { get; private set; } = true;

    public bool EscapeWhitespaces { get; private set; } = true;

    public CharacterMap? CharacterMap { get; private set; }

    public static SentencePieceModel Read(string file, ReadOnlySpan<byte> bytes)
    {
        var model = new SentencePieceModel(file);
        var reader = new ProtobufReader(file, string.Empty, bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    model.Pieces.Add(ReadPiece(reader.Message("pieces"), model.Pieces.Count));
                    break;
                case 2:
                    model.ReadTrainer(reader.Message("trainer_spec"));
                    break;
                case 3:
                    model.ReadNormalizer(reader.Message("normalizer_spec"));
                    break;
                case 5:
                    RefuseDenormalizer(reader.Message("denormalizer_spec"));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return model;
    }

    private static ScoredPiece ReadPiece(ProtobufReader reader, int index)
    {
        string text = string.Empty;
        float score = 0;
        var type = PieceType.Normal;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: text = reader.Text("piece"); break;
                case 2: score = reader.Single("score"); break;
                case 3: type = (PieceType)reader.Integer("type"); break;
                default: reader.Skip(); break;
            }
        }

        if (text.Length == 0)
            throw reader.Refuse($"piece {index} is empty.");
        if (!float.IsFinite(score))
            throw reader.Refuse($"the score of piece {index} ('{text}') is not finite.");
        return Enum.IsDefined(type)
            ? new ScoredPiece(text, score, type)
            : throw reader.Refuse($"piece {index} ('{text}') has the type {(int)type}; supported: 1 to 6.");
    }

    private static void RefuseDenormalizer(ProtobufReader reader)
    {
        while (reader.Next())
        {
            if (reader.Field != 2)
                reader.Skip();
            else if (!reader.Bytes("precompiled_charsmap").IsEmpty)
                throw reader.Refuse("a denormalizer is not supported; supported: none.");
        }
    }

    private void ReadTrainer(ProtobufReader reader)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 3: _modelType = reader.Integer("model_type"); break;
                case 24: WhitespaceAsSuffix = reader.Flag("treat_whitespace_as_suffix"); break;
                case 35: ByteFallback = reader.Flag("byte_fallback"); break;
                case 41: BosId = reader.Integer("bos_id"); break;
                case 42: EosId = reader.Integer("eos_id"); break;
                case 43: PadId = reader.Integer("pad_id"); break;
                case 44: UnknownSurface = reader.Text("unk_surface"); break;
                default: reader.Skip(); break;
            }
        }

        if (_modelType is not (Bpe or Unigram))
        {
            string name = _modelType switch { 3 => "WORD", 4 => "CHAR", _ => $"{_modelType}" };
            throw reader.Refuse($"model_type '{name}' is not supported; supported: UNIGRAM, BPE.");
        }
    }

    private void ReadNormalizer(ProtobufReader reader)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2:
                    byte[] blob = reader.Bytes("precompiled_charsmap").ToArray();
                    if (blob.Length > 0)
                        CharacterMap = CharacterMap.Read(blob, out string problem) ?? throw reader.Refuse(problem);
                    break;
                case 3: AddDummyPrefix = reader.Flag("add_dummy_prefix"); break;
                case 4: RemoveExtraWhitespaces = reader.Flag("remove_extra_whitespaces"); break;
                case 5: EscapeWhitespaces = reader.Flag("escape_whitespaces"); break;
                default: reader.Skip(); break;
            }
        }
    }
}
