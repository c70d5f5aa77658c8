using System.Text.Json;

namespace MWork.Probes.Models.Checkpoints;

// What a header says of one tensor: {"dtype", "shape", "data_offsets"}, in any order.
internal ref partial struct SafetensorsHeader
{
    // PyTorch's own limit.
    private const int MaxRank = 64;

    private SafetensorsEntry ReadTensor(string name)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            throw Fault(name, "must be described by an object; write the file again");
        }

        SafetensorsDtype? dtype = null;
        int[]? shape = null;
        (long Begin, long End)? offsets = null;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            // Compared in place: a string per field would be most of what a header allocates.
            if (dtype is null && _json.ValueTextEquals("dtype"u8))
            {
                dtype = ReadDtype(name);
            }
            else if (shape is null && _json.ValueTextEquals("shape"u8))
            {
                shape = ReadShape(name);
            }
            else if (offsets is null && _json.ValueTextEquals("data_offsets"u8))
            {
                offsets = ReadOffsets(name);
            }
            else
            {
                string field = CheckpointException.Quote(_json.GetString()!);
                throw Fault(name, $"has an unknown or second field {field}; write the file again");
            }
        }

        string? missing = dtype is null ? "dtype" : shape is null ? "shape" : offsets is null ? "data_offsets" : null;
        if (missing is not null)
        {
            throw Fault(name, $"has no field '{missing}'; write the file again");
        }

        return new SafetensorsEntry(name, dtype!.Value, shape!, offsets!.Value.Begin, offsets.Value.End);
    }

    private SafetensorsDtype ReadDtype(string name)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.String)
        {
            throw Fault(name, "has a field 'dtype' that is not a text; write the file again");
        }

        if (!SafetensorsDtypes.TryParse(ref _json, out SafetensorsDtype dtype))
        {
            throw Fault(
                name,
                $"has the dtype {CheckpointException.Quote(_json.GetString()!)}, and only {SafetensorsDtypes.Known} are read;" +
                " convert it to one of these");
        }

        return dtype;
    }

    private int[] ReadShape(string name)
    {
        Span<int> sizes = stackalloc int[MaxRank];
        int rank = 0;
        StartArray(name, "shape");
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (rank == MaxRank)
            {
                throw Fault(name, $"has a shape of more than {MaxRank} dimensions; write the file again");
            }

            long size = ReadSize(name, "shape");
            if (size > int.MaxValue)
            {
                throw Fault(
                    name,
                    $"has a dimension of size {size} in its shape, and none above {int.MaxValue} is read; split the tensor");
            }

            sizes[rank++] = (int)size;
        }

        return sizes[..rank].ToArray();
    }

    private (long Begin, long End) ReadOffsets(string name)
    {
        Span<long> offsets = stackalloc long[2];
        int count = 0;
        StartArray(name, "data_offsets");
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            long offset = ReadSize(name, "data_offsets");
            if (count == 2)
            {
                throw Fault(name, "must have two numbers in 'data_offsets'; write the file again");
            }

            offsets[count++] = offset;
        }

        if (count != 2)
        {
            throw Fault(name, "must have two numbers in 'data_offsets'; write the file again");
        }

        return (offsets[0], offsets[1]);
    }

    private void StartArray(string name, string field)
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            throw Fault(name, $"has a field '{field}' that is not an array; write the file again");
        }

    }

    private long ReadSize(string name, string field)
    {
        if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out long value) || value < 0)
        {
            throw Fault(
                name, $"has an entry in '{field}' that is not a whole number from 0 to {long.MaxValue}; write the file again");
        }

        return value;
    }
}
