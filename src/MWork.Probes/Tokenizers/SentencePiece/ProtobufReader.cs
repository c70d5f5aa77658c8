using System.Buffers.Binary;
using System.Text;

namespace MWork.Probes.Tokenizers.SentencePiece;

/// <summary>
/// The protocol buffers wire format, as much as <c>sentencepiece_model.proto</c> needs. Refusals name the file and the field.
/// </summary>
internal ref struct ProtobufReader(string file, string path, ReadOnlySpan<byte> data)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private ReadOnlySpan<byte> _rest = data;
    private int _wire;

    /// <summary>The number of the field whose value comes next.</summary>
    public int Field { get; private set; }

    /// <summary>Moves to the next field; the previous one's value must have been read or skipped.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        ulong key = RawVarint();
        Field = key >> 3 is > 0 and <= int.MaxValue ? (int)(key >> 3) : throw Refuse("the field number is not valid.");
        _wire = (int)(key & 7);
        return true;
    }

    public int Integer(string name)
    {
        Expect(0, name);
        return unchecked((int)RawVarint());
    }

    public bool Flag(string name) => Integer(name) != 0;

    public float Single(string name)
    {
        Expect(5, name);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(4));
    }

    public ReadOnlySpan<byte> Bytes(string name)
    {
        Expect(2, name);
        ulong length = RawVarint();
        return length <= (ulong)_rest.Length
            ? Take((int)length)
            : throw Refuse($"'{name}' is longer than what is left of the file.");
    }

    public string Text(string name)
    {
        ReadOnlySpan<byte> bytes = Bytes(name);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Refuse($"'{name}' is not UTF-8.");
        }
    }

    public ProtobufReader Message(string name) => new(file, path.Length == 0 ? name : $"{path}.{name}", Bytes(name));

    public void Skip()
    {
        switch (_wire)
        {
            case 0: RawVarint(); break;
            case 1: Take(8); break;
            case 2: Bytes($"field {Field}"); break;
            case 5: Take(4); break;
            default: throw Refuse($"field {Field} has the wire type {_wire}; supported: 0, 1, 2, 5.");
        }
    }

    public readonly TokenizerFormatException Refuse(string sentence) =>
        TokenizerFormatException.At(file, path.Length == 0 ? "model" : path, sentence);

    private readonly void Expect(int wire, string name)
    {
        if (_wire != wire)
            throw Refuse($"'{name}' has the wire type {_wire} instead of {wire}.");
    }

    private ulong RawVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Take(1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }

        throw Refuse("a number takes more than ten bytes.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
            throw Refuse("the file ends in the middle of a field.");
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
