using System.Collections.Concurrent;
using System.Text;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>Byte-pair encoding of one piece (model type <c>BPE</c>), as the reference's <c>merge_word</c>.</summary>
internal sealed class BpeModel : ITokenModel
{
    // As in the reference: most words recur, long ones do not.
    private const int CachedWords = 10_000;
    private const int LongestCachedWord = 256;

    private readonly ConcurrentDictionary<string, int[]> _cache = new(StringComparer.Ordinal);
    private readonly BpeMerges _merges;
    private readonly string _prefix;
    private readonly string _suffix;
    private readonly bool _fuseUnknown;
    private readonly bool _ignoreMerges;
    private readonly int[]? _byteIds;
    private int _cached;

    private BpeModel(JsonField model)
    {
        Vocabulary = Vocabulary.Read(model["vocab"]);
        _prefix = model.Find("continuing_subword_prefix")?.Text() ?? string.Empty;
        _suffix = model.Find("end_of_word_suffix")?.Text() ?? string.Empty;
        _fuseUnknown = model.Flag("fuse_unk", absent: false);
        _ignoreMerges = model.Flag("ignore_merges", absent: false);
        _merges = BpeMerges.Read(model["merges"], Vocabulary, _prefix.Length);
        if (model.Find("unk_token") is { } unknown)
            UnknownId = Vocabulary.IdOf(unknown.Text())
                ?? throw unknown.Refuse($"the token '{unknown.Text()}' is not in model.vocab.");
        if (model.Flag("byte_fallback", absent: false))
            _byteIds = [.. Enumerable.Range(0, 256).Select(b => Vocabulary.IdOf(ByteFallbackDecoder.Name((byte)b)) ?? -1)];
        if (model.Find("dropout") is { } dropout && dropout.Number() != 0)
            throw dropout.Refuse("BPE dropout is not supported; supported: null or 0.");
    }

    public Vocabulary Vocabulary { get; }

    public int? UnknownId { get; }

    public static BpeModel Read(JsonField model) => new(model);

    public void Encode(string piece, List<int> ids)
    {
        if (_ignoreMerges && Vocabulary.IdOf(piece) is { } whole)
        {
            ids.Add(whole);
            return;
        }

        if (_cache.TryGetValue(piece, out int[]? known))
        {
            ids.AddRange(known);
            return;
        }

        List<int> symbols = Symbols(piece);
        _merges.Apply(symbols);
        if (piece.Length < LongestCachedWord && Volatile.Read(ref _cached) < CachedWords && _cache.TryAdd(piece, [.. symbols]))
            Interlocked.Increment(ref _cached);
        ids.AddRange(symbols);
    }

    private List<int> Symbols(string piece)
    {
        var symbols = new List<int>(piece.Length);
        int unknowns = 0;
        for (int i = 0; i < piece.Length;)
        {
            int start = i;
            CodePoints.At(piece, i, out int length);
            i += length;
            if (FindSymbol(piece, start, length, out int id))
            {
                Flush();
                symbols.Add(id);
            }
            else if (!TryBytes(piece.AsSpan(start, length), symbols) && UnknownId is not null)
            {
                // Unknowns wait for the next known symbol, and fallen-back bytes overtake them: so does the reference.
                if (!_fuseUnknown)
                    Flush();
                unknowns = 1;
            }
        }

        Flush();
        return symbols;

        void Flush()
        {
            if (unknowns > 0)
                symbols.Add(UnknownId!.Value);
            unknowns = 0;
        }
    }

    private bool FindSymbol(string piece, int start, int length, out int id)
    {
        bool bare = (start == 0 || _prefix.Length == 0) && (start + length < piece.Length || _suffix.Length == 0);
        return bare
            ? Vocabulary.TryGetId(piece.AsSpan(start, length), out id)
            : Vocabulary.TryGetId(
                string.Concat(
                    start > 0 ? _prefix : string.Empty,
                    piece.AsSpan(start, length),
                    start + length == piece.Length ? _suffix : string.Empty),
                out id);
    }

    private bool TryBytes(ReadOnlySpan<char> character, List<int> symbols)
    {
        if (_byteIds is null)
            return false;
        Span<byte> bytes = stackalloc byte[4];
        bytes = bytes[..Encoding.UTF8.GetBytes(character, bytes)];
        foreach (byte b in bytes)
        {
            if (_byteIds[b] < 0)
                return false;
        }

        foreach (byte b in bytes)
            symbols.Add(_byteIds[b]);
        return true;
    }
}
