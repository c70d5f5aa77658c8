using System.Runtime.InteropServices;
using System.Text;

namespace MWork.Probes.Tokenizers.SentencePiece;

/// <summary>Ids back to text (<c>SentencePieceProcessor::Decode</c>).</summary>
internal sealed class SentencePieceDecoder(SentencePieceModel model, PieceTable pieces)
{
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens)
    {
        var text = new StringBuilder();
        var bytes = new List<byte>();
        bool atStart = true;
        bool spaceTaken = false;
        foreach (int id in ids)
        {
            if (id < 0 || id >= pieces.Count)
                continue;
            if (pieces[id].Type == PieceType.Byte)
            {
                bytes.Add((byte)Array.IndexOf(pieces.ByteIds, id));
                continue;
            }

            Flush(bytes, text);
            atStart &= !spaceTaken && text.Length == 0;
            text.Append(Surface(id, atStart, skipSpecialTokens, out spaceTaken));
        }

        Flush(bytes, text);
        return text.ToString();
    }

    // Bytes that are not UTF-8 become U+FFFD.
    private static void Flush(List<byte> bytes, StringBuilder text)
    {
        ReadOnlySpan<byte> rest = CollectionsMarshal.AsSpan(bytes);
        while (!rest.IsEmpty)
        {
            // One U+FFFD for each byte that begins no character, unlike the usual one for each broken sequence.
            bool valid = Rune.DecodeFromUtf8(rest, out Rune rune, out int taken) == System.Buffers.OperationStatus.Done;
            text.Append(valid ? rune.ToString() : "\uFFFD");
            rest = rest[(valid ? taken : 1)..];
        }

        bytes.Clear();
    }

    private string Surface(int id, bool atStart, bool skipSpecialTokens, out bool spaceTaken)
    {
        spaceTaken = false;
        string text = pieces[id].Text;
        switch (pieces[id].Type)
        {
            case PieceType.Control:
                return skipSpecialTokens ? string.Empty : text;
            case PieceType.Unknown:
                return model.UnknownSurface;
        }

        // The space that the dummy prefix made; without extra spaces every leading one goes.
        if (atStart && (model.AddDummyPrefix || model.RemoveExtraWhitespaces)
            && text.StartsWith(SentencePieceNormalizer.Space, StringComparison.Ordinal))
        {
            spaceTaken = !model.RemoveExtraWhitespaces;
            text = text[1..];
        }

        return text.Replace(SentencePieceNormalizer.Space, " ", StringComparison.Ordinal);
    }
}
