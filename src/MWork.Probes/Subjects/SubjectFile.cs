using System.Text.Json;
using System.Text.Json.Serialization;
using MWork.Probes.Evidence;
using MWork.Probes.Subjects.Planted;

namespace MWork.Probes.Subjects;

/// <summary>What is studied, as it stands in <c>fixtures/subjects/*.json</c>; <c>docs/subjects.md</c> explains the fields.</summary>
public sealed record SubjectFile
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter<Verdict>() },
    };

    public required string Name { get; init; }

    /// <summary>One sentence for reports.</summary>
    public required string About { get; init; }

    public required ModelSource Model { get; init; }

    /// <summary>Directory of the small world that its text comes from, relative to the file.</summary>
    public required string World { get; init; }

    /// <summary>Codes of the languages it is asked in, the pivot among them.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Code of the language that is held to be central.</summary>
    public required string Pivot { get; init; }

    public required Zones Zones { get; init; }

    /// <summary>The verdict that each claim must give on it; claims that are not named are Measured only.</summary>
    public required IReadOnlyDictionary<string, Verdict> Expect { get; init; }

    /// <summary>Why a verdict is expected that MWork would not lead one to, by claim.</summary>
    public IReadOnlyDictionary<string, string> Why { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="SubjectException">It cannot be used; the message names file and field.</exception>
    public static SubjectFile Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new SubjectException($"{path}: there is no such file; a subject is JSON like those in fixtures/subjects.");
        }

        SubjectFile subject;
        try
        {
            subject = JsonSerializer.Deserialize<SubjectFile>(File.ReadAllText(path), s_json)
                ?? throw new SubjectException($"{path}: null is not a subject; write an object like those in fixtures/subjects.");
        }
        catch (JsonException error)
        {
            throw new SubjectException($"{path}: {error.Message}", error);
        }

        subject.Check(path);
        return subject;
    }

    private void Check(string path)
    {
        Require(
            Name.Length > 0 && Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'),
            "name", $"is '{Name}', but names a file of evidence: use letters, digits, '-', '_' and '.'");
        Require(Languages.Count >= 2, "languages", "names fewer than two languages; a claim compares at least one with the pivot");
        Require(Languages.Distinct(StringComparer.Ordinal).Count() == Languages.Count, "languages", "names a language twice");
        Require(Languages.Contains(Pivot, StringComparer.Ordinal), "pivot", $"is '{Pivot}', which is not among the languages {string.Join(", ", Languages)}");
        Require(Zones.Understanding >= 1 && Zones.Generation >= 1, "zones", "must leave at least one layer to understanding and one to generation");
        Require(Zones.Source.Length > 0, "zones.source", "is empty; say where the zones come from");
        Require(
            (Model.Checkpoint is null) != (Model.Planted is null),
            "model", "must have either 'checkpoint', a model directory, or 'planted', a design");
        foreach (string claim in Expect.Keys.Concat(Why.Keys))
        {
            Require(
                KnownClaims.FamilyOf(claim) is not null,
                "expect", $"names the claim '{claim}', which there is not; there are {string.Join(", ", KnownClaims.Ids)}");
        }

        void Require(bool condition, string field, string problem)
        {
            if (!condition)
            {
                throw new SubjectException($"{path}: field '{field}' {problem}.");
            }
        }
    }
}

/// <summary>Where a subject's model comes from: exactly one of the two.</summary>
/// <param name="Checkpoint">A model directory, relative to the subject's file.</param>
/// <param name="Planted">A design whose weights are built on the spot.</param>
/// <param name="Repository">The id under which the checkpoint is published, where it is not in this repository (<see cref="ReleasedModel"/>).</param>
/// <param name="Revision">Which commit, tag or branch of it.</param>
public sealed record ModelSource(string? Checkpoint = null, PlantedDesign? Planted = null, string? Repository = null, string? Revision = null);
