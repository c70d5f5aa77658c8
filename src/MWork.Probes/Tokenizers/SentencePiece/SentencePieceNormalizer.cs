using System.Runtime.InteropServices;
using System.Text;

namespace MWork.Probes.Tokenizers.SentencePiece;

/// <summary>Text as the model sees it: mapped characters, spaces as <c>▁</c> (<c>Normalizer::Normalize</c>).</summary>
internal sealed class SentencePieceNormalizer(SentencePieceModel model)
{
    public const string Space = "▁";
    private readonly PieceTrie _userDefined = UserDefinedOf(model);

    public string Normalize(string text)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        while (model.RemoveExtraWhitespaces && !rest.IsEmpty)
        {
            ReadOnlySpan<byte> mapped = Prefix(rest, out int taken);
            if (!mapped.SequenceEqual(" "u8))
                break;
            rest = rest[taken..];
        }

        if (rest.IsEmpty)
            return string.Empty;
        var output = new List<byte>(rest.Length + (rest.Length / 4));
        byte[] space = Encoding.UTF8.GetBytes(model.EscapeWhitespaces ? Space : " ");
        if (!model.WhitespaceAsSuffix && model.AddDummyPrefix)
            output.AddRange(space);
        bool afterSpace = model.RemoveExtraWhitespaces;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> mapped = Prefix(rest, out int taken);
            rest = rest[taken..];
            if (afterSpace)
                mapped = mapped.TrimStart((byte)' ');
            foreach (byte b in mapped)
            {
                if (b == ' ')
                    output.AddRange(space);
                else
                    output.Add(b);
            }

            if (!mapped.IsEmpty)
                afterSpace = model.RemoveExtraWhitespaces && mapped[^1] == ' ';
        }

        if (model.RemoveExtraWhitespaces)
        {
            while (CollectionsMarshal.AsSpan(output).EndsWith(space))
                output.RemoveRange(output.Count - space.Length, space.Length);
        }

        if (model.WhitespaceAsSuffix && model.AddDummyPrefix)
            output.AddRange(space);
        return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(output));
    }

    // What the beginning of the text becomes, and how many bytes of it that takes. User-defined pieces are left as they are.
    private ReadOnlySpan<byte> Prefix(ReadOnlySpan<byte> rest, out int taken)
    {
        if (_userDefined.TryLongest(rest, out taken))
            return rest[..taken];
        if (model.CharacterMap is { } map && map.TryLongest(rest, out taken, out ReadOnlySpan<byte> replacement))
            return replacement;
        Rune.DecodeFromUtf8(rest, out _, out taken);
        return rest[..taken];
    }

    private static PieceTrie UserDefinedOf(SentencePieceModel model)
    {
        var trie = new PieceTrie();
        foreach (ScoredPiece piece in model.Pieces)
        {
            if (piece.Type == PieceType.UserDefined)
                trie.Add(Encoding.UTF8.GetBytes(piece.Text), 0);
        }

        return trie;
    }
}
