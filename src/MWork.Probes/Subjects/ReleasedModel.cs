using System.Text.Json;

namespace MWork.Probes.Subjects;

/// <summary>A published model that a subject's file studies and whose weights are not in the repository.</summary>
/// <param name="Subject">The subject's name.</param>
/// <param name="Repository">Its id where it is published, e.g. <c>Qwen/Qwen2.5-7B</c>.</param>
/// <param name="Revision">A commit, tag or branch of it.</param>
/// <param name="Directory">Where its files are looked for.</param>
public sealed record ReleasedModel(string Subject, string Repository, string Revision, string Directory)
{
    /// <summary>Whether the weights are there.</summary>
    public bool IsHere => File.Exists(Path.Combine(Directory, "config.json"));

    /// <summary>What to say in place of a result where they are not.</summary>
    public string Absence =>
        $"{Subject}: skipped, because {Directory} does not hold {Repository} at revision {Revision}; docs/gpu.md says how to fetch it.";

    /// <summary>The released model that a subject's file names; null where its model is in the repository, or the file cannot be read.</summary>
    /// <remarks>Looks at no other field, so that it is quick and leaves complaints to <see cref="SubjectFile.Load"/>.</remarks>
    public static ReleasedModel? Of(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip };
            using var document = JsonDocument.Parse(File.ReadAllText(path), options);
            JsonElement model = document.RootElement.GetProperty("model");
            return model.TryGetProperty("repository", out JsonElement repository)
                ? new ReleasedModel(
                    document.RootElement.GetProperty("name").GetString()!,
                    repository.GetString()!,
                    model.GetProperty("revision").GetString()!,
                    Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, model.GetProperty("checkpoint").GetString()!)))
                : null;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
