using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MWork.Probes.Text;

namespace MWork.Probes.Evidence;

/// <summary>
/// Evidence as JSON: properties in a fixed order, numbers in the shortest form that reads back to the same bits, NaN and the
/// infinities as the strings "NaN", "Infinity" and "-Infinity", times with their offset.
/// </summary>
public static class EvidenceJson
{
    // Names of claims and languages stay readable; the files are never put into a web page as they are.
    private static readonly EvidenceJsonContext Format =
        new(new JsonSerializerOptions(EvidenceJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static string Write(Evidence evidence) => JsonSerializer.Serialize(evidence, Format.Evidence) + "\n";

    /// <param name="name">What to call the text in a complaint: its file.</param>
    /// <exception cref="EvidenceException">It is of another schema, or a field is missing, unknown or not of its kind.</exception>
    public static Evidence Read(string json, string name)
    {
        try
        {
            CheckSchema(json, name);
            return JsonSerializer.Deserialize(json, Format.Evidence) ?? throw new EvidenceException($"{name} holds no evidence.");
        }
        catch (JsonException unreadable)
        {
            throw new EvidenceException(JsonProblem.Of(name, unreadable), unreadable);
        }
        catch (ArgumentException unfit)
        {
            throw new EvidenceException($"{name}: a field 'region' does not fit: {unfit.Message}", unfit);
        }
    }

    /// <summary>
    /// Writes to <c>{folder}/{claim}/{subject}.json</c>, in whole or not at all: a reader never meets half a file.
    /// </summary>
    /// <param name="folder">E.g. <c>artifacts/evidence</c>; made if it is not there.</param>
    /// <returns>The path of the file.</returns>
    /// <exception cref="ArgumentException">Claim or subject cannot be the name of a file.</exception>
    public static string Save(Evidence evidence, string folder)
    {
        string path = Path.Combine(folder, FileName(evidence.Claim.Id), FileName(evidence.Subject) + ".json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string unfinished = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.CreateNew))
            {
                stream.Write(Encoding.UTF8.GetBytes(Write(evidence)));
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }

        return path;
    }

    /// <exception cref="EvidenceException">As for <see cref="Read"/>, or there is no such file.</exception>
    public static Evidence Load(string path) => File.Exists(path)
        ? Read(File.ReadAllText(path), path)
        : throw new EvidenceException($"{path} does not exist.");

    /// <summary>All evidence below a folder, in the order of claims and subjects; empty if the folder does not exist.</summary>
    public static IReadOnlyList<Evidence> LoadAll(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Load)];

    private static void CheckSchema(string json, string name)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("schema", out JsonElement schema))
            throw new EvidenceException($"{name}: field 'schema' is missing.");
        if (schema.ValueKind != JsonValueKind.Number || !schema.TryGetInt32(out int version) || version is < Evidence.OldestSchema or > Evidence.CurrentSchema)
            throw new EvidenceException(
                $"{name}: field 'schema' is {schema.GetRawText()}, and this version reads {Evidence.OldestSchema} to {Evidence.CurrentSchema}.");
    }

    private static string FileName(string name) =>
        name.Length > 0 && name[0] != '.' && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_')
            ? name
            : throw new ArgumentException($"'{name}' cannot name a file: only letters, digits, dot, dash and underscore can.", nameof(name));
}
