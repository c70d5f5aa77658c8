using System.Diagnostics;
using System.Globalization;
using System.Text;
using MWork.Probes.Randomness;
using MWork.Probes.Tokenizers;
using MWork.Probes.Tokenizers.Pipeline;
using MWork.Probes.Tokenizers.SentencePiece;
using Shouldly;

namespace MWork.Regression.Tokenizers;

/// <summary>Damaged files: each either loads (and then encodes and decodes) or is refused in one way, soon, and cheaply.</summary>
public sealed class MutationTests
{
    private const int Cases = 600;
    private const int CasesOfLargeFiles = 150;
    private const string Sample = "Hello  world, it's 12345\n\u4E2D\u6587 e\u0301 <s> \U0001F600";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    // Structure without the bulk of a vocabulary, so that mutations hit fields rather than tokens.
    private const string Compact = """
        {"version":"1.0","truncation":null,"padding":null,
        "added_tokens":[{"id":0,"content":"<s>","single_word":false,"lstrip":true,"rstrip":false,"normalized":false,"special":true}],
        "normalizer":{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Prepend","prepend":"▁"},
        {"type":"Replace","pattern":{"Regex":"\\s{2,5}|(?i:x)+"},"content":"▁"},{"type":"Strip","strip_left":true,"strip_right":false}]},
        "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"(?i:'s|'t)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|\\s+(?!\\S)|\\s+"},
        "behavior":"Isolated","invert":false},{"type":"Digits","individual_digits":true},{"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":true},
        {"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}]},
        "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],
        "pair":[],"special_tokens":{"<s>":{"id":"<s>","ids":[0],"tokens":["<s>"]}}},
        "decoder":{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]},
        "model":{"type":"BPE","dropout":null,"unk_token":"<unk>","continuing_subword_prefix":null,"end_of_word_suffix":null,"fuse_unk":true,
        "byte_fallback":true,"ignore_merges":false,"vocab":{"<s>":0,"<unk>":1,"h":2,"e":3,"l":4,"o":5,"he":6,"ll":7,"hell":8,"hello":9,"1":10},
        "merges":[["h","e"],["l","l"],["he","ll"],"hell o"]}}
        """;

    [Fact]
    public void Compact_tokenizer_json() => Fuzz(
        Encoding.UTF8.GetBytes(Compact), "compact", Cases, bytes => TokenizerJson.Read("tokenizer.json", bytes, SpecialTokenNames.None));

    [Theory]
    [InlineData("llama2")]
    [InlineData("llama3")]
    public void Whole_tokenizer_json(string name) => Fuzz(
        File.ReadAllBytes(TokenizerFixtures.FileOf(name)), name, CasesOfLargeFiles, bytes => TokenizerJson.Read("tokenizer.json", bytes, SpecialTokenNames.None));

    [Theory]
    [InlineData("sentencepiece-bpe", Cases)]
    [InlineData("sentencepiece-unigram", CasesOfLargeFiles)]
    [InlineData("sentencepiece-bpe-identity", Cases)]
    public void SentencePiece_model(string name, int cases) => Fuzz(
        File.ReadAllBytes(TokenizerFixtures.FileOf(name)),
        name,
        cases,
        bytes => new SentencePieceTokenizer(SentencePieceModel.Read("tokenizer.model", bytes), SpecialTokenNames.None));

    [Fact]
    public void Tokenizer_config()
    {
        const string Config = """
            {"add_bos_token": true, "bos_token": "<s>", "eos_token": {"content": "</s>", "lstrip": false}, "pad_token": null,
            "unk_token": {"__type": "AddedToken", "content": "<unk>"}, "clean_up_tokenization_spaces": false}
            """;
        Fuzz(
            Encoding.UTF8.GetBytes(Config),
            "config",
            Cases,
            bytes => TokenizerJson.Read(
                "tokenizer.json", Encoding.UTF8.GetBytes(Compact), JsonField.Parse("tokenizer_config.json", bytes, SpecialTokenNames.Read)));
    }

    // Many small things: what a reader makes of each may take far more than it takes in the file.
    [Theory]
    [InlineData("\"#\":1,", 200_000)]
    [InlineData("\"#\":#,", 200_000)]
    [InlineData("\"a#\":[],", 200_000)]
    public void A_vocabulary_made_to_allocate(string unit, int repeats)
    {
        string tokens = string.Concat(Enumerable.Range(20, repeats).Select(i => unit.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        byte[] file = Encoding.UTF8.GetBytes(Compact.Replace("\"vocab\":{", $"\"vocab\":{{{tokens}", StringComparison.Ordinal));
        LoadWithinBounds(file, bytes => TokenizerJson.Read("tokenizer.json", bytes, SpecialTokenNames.None), "vocabulary");
    }

    [Theory]
    [InlineData("[\"h\",\"e\"],", 200_000)]
    [InlineData("\"h e\",", 300_000)]
    [InlineData("[],", 500_000)]
    [InlineData("[", 1_000_000)]
    public void Merges_made_to_allocate(string unit, int repeats)
    {
        string merges = new StringBuilder().Insert(0, unit, repeats).ToString();
        byte[] file = Encoding.UTF8.GetBytes(Compact.Replace("\"merges\":[", $"\"merges\":[{merges}", StringComparison.Ordinal));
        LoadWithinBounds(file, bytes => TokenizerJson.Read("tokenizer.json", bytes, SpecialTokenNames.None), "merges");
    }

    [Theory]
    [InlineData(0, 1_000_000)]
    [InlineData(1, 700_000)]
    [InlineData(6, 300_000)]
    public void Pieces_made_to_allocate(int length, int repeats)
    {
        // Field 1 of the model, a piece; field 1 of the piece, its text.
        var file = new List<byte>(File.ReadAllBytes(TokenizerFixtures.FileOf("sentencepiece-bpe")));
        for (int i = 0; i < repeats; i++)
        {
            byte[] text = Encoding.ASCII.GetBytes(i.ToString("x6", CultureInfo.InvariantCulture))[^length..];
            file.AddRange(length == 0 ? [0x0A, 0] : [0x0A, (byte)(2 + length), 0x0A, (byte)length, .. text]);
        }

        LoadWithinBounds(
            [.. file],
            bytes => new SentencePieceTokenizer(SentencePieceModel.Read("tokenizer.model", bytes), SpecialTokenNames.None),
            "pieces");
    }

    private static void Fuzz(byte[] original, string name, int cases, Func<byte[], ITokenizer> load)
    {
        load(original).Encode(Sample).ShouldNotBeEmpty();
        var random = new CounterRandom(77, $"mutation {name}");
        int loaded = 0;
        for (int i = 0; i < cases; i++)
        {
            byte[] bytes = Mutated(original, random.Fork(i));
            var watch = Stopwatch.StartNew();
            ITokenizer? tokenizer = LoadWithinBounds(bytes, load, $"case {i}");
            if (tokenizer is not null)
            {
                loaded++;
                tokenizer.Decode(tokenizer.Encode(Sample)).ShouldNotBeNull();
            }

            watch.Elapsed.ShouldBeLessThan(Longest, $"case {i}");
        }

        // Both outcomes must occur, or the mutations are too weak or too strong to say anything.
        loaded.ShouldBeInRange(1, cases - 1);
    }

    /// <summary>The tokenizer, or null where the file is refused.</summary>
    private static ITokenizer? LoadWithinBounds(byte[] bytes, Func<byte[], ITokenizer> load, string what)
    {
        long allowed = (4L * bytes.Length) + (64L << 20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ITokenizer? tokenizer = null;
        try
        {
            tokenizer = load(bytes);
        }
        catch (TokenizerFormatException e)
        {
            e.Message.ShouldMatch(@"^tokenizer(_config)?\.(json|model): \S.*: ", what);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(allowed, what);
        return tokenizer;
    }

    private static byte[] Mutated(byte[] original, CounterRandom random)
    {
        List<byte> bytes = [.. original];
        for (int times = 1 + random.NextInt(3); times > 0 && bytes.Count > 8; times--)
        {
            int at = random.NextInt(bytes.Count);
            int length = Math.Min(1 + random.NextInt(12), bytes.Count - at);
            switch (random.NextInt(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.NextInt(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.NextInt(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(random.NextInt(bytes.Count - length), length));
                    break;
                case 4:
                    bytes.InsertRange(at, random.Pick<byte[]>(["9999999999"u8.ToArray(), "null"u8.ToArray(), [0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "[[{"u8.ToArray(), "\\uD800"u8.ToArray(), "+*{9}"u8.ToArray()]));
                    break;
                case 5:
                    // A digit to another: ids collide, ranges run backwards, types change.
                    int digit = bytes.FindIndex(at, b => b is >= (byte)'0' and <= (byte)'9');
                    bytes[digit < 0 ? at : digit] = (byte)('0' + random.NextInt(10));
                    break;
                default:
                    if (random.NextBool(0.2))
                        bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
