using MWork.Probes.Evidence;
using MWork.Probes.Models;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Subjects;

/// <summary>A first subject's file for a checkpoint, to be looked over before anything is measured.</summary>
public static class SubjectDraft
{
    // 8 and 4 of Llama-3-8B's 32 layers, in the code released with Zhao et al. 2024 (commit be2b161).
    private const int UnderstandingOf = 4;
    private const int GenerationOf = 8;

    /// <summary>A quarter of the layers to understand and an eighth to generate, at least one each.</summary>
    /// <exception cref="SubjectException">Fewer than three layers cannot be three zones.</exception>
    public static Zones Zones(int layers)
    {
        if (layers < 3)
        {
            throw new SubjectException($"A model of {layers} layers cannot have three zones; take one with at least three.");
        }

        return new Zones(
            Math.Max(1, layers / UnderstandingOf),
            Math.Max(1, layers / GenerationOf),
            $"rule of thumb: the 8 and 4 of 32 layers in the code released with Zhao et al. 2024 (commit be2b161), scaled to {layers}; "
            + "replace it by what selection text shows, before any claim is run");
    }

    /// <summary>Writes a subject's file beside nothing that is there already, and loads it back.</summary>
    /// <param name="checkpoint">The model's directory.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="name">The subject's; null for the directory's.</param>
    /// <param name="world">Directory of a small world; null for none.</param>
    /// <param name="text">Folder of text, one file per language (<see cref="TextFolder"/>); null for none.</param>
    /// <param name="languages">Codes; null for those of the text's files, or those of the world whose words the model's tokenizer knows.</param>
    /// <param name="pivot">Null for <c>en</c>.</param>
    /// <exception cref="SubjectException">There is such a file already, or what was asked for makes no subject.</exception>
    /// <exception cref="TextFormatException">The folder cannot be used.</exception>
    public static SubjectFile Write(
        string checkpoint, string path, string? name = null, string? world = null, string? text = null, IReadOnlyList<string>? languages = null,
        string? pivot = null)
    {
        if (File.Exists(path))
        {
            throw new SubjectException($"{path}: there is such a file already; name another one with --out, or delete it.");
        }

        ModelConfig config = ModelDirectory.ReadConfig(checkpoint);
        ITokenizer tokenizer = Tokenizer.Load(checkpoint);
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        name ??= Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(checkpoint)));
        TextFolder? folder = text is null ? null : TextFolder.Open(text, languages: languages);
        var subject = new SubjectFile
        {
            Name = name,
            About = $"{config.Layers} layers; written by mwork subject init.",
            Model = new ModelSource(Relative(checkpoint)),
            World = world is null ? null : Relative(world),
            Text = folder is null ? null : new TextFiles(Paths(folder)),
            Languages = languages ?? (folder is not null ? folder.Languages : world is not null ? Known(World.Load(world), tokenizer) : []),
            Pivot = pivot ?? "en",
            Zones = Zones(config.Layers),
            Expect = new Dictionary<string, Verdict>(),
        };

        // Checked under a name of its own: a file that does not load back never stands where it was asked for.
        Directory.CreateDirectory(directory);
        string draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(draft, subject.ToJson());
            SubjectFile read = SubjectFile.Load(draft);
            File.Move(draft, path);
            return read;
        }
        catch (SubjectException error)
        {
            throw new SubjectException(error.Message.Replace(draft, path, StringComparison.Ordinal), error);
        }
        finally
        {
            File.Delete(draft);
        }

        // One path for all languages where they have files of one kind.
        LanguagePaths Paths(TextFolder of)
        {
            var paths = of.Sources.ToDictionary(pair => pair.Key, pair => Relative(pair.Value.Path), StringComparer.Ordinal);
            string[] patterns = [.. paths.Select(pair => pair.Value.Replace($"/{pair.Key}", "/{language}", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
            return patterns is [var pattern] && paths.Keys.All(code => pattern.Replace("{language}", code, StringComparison.Ordinal) == paths[code])
                ? new LanguagePaths(pattern)
                : new LanguagePaths(paths);
        }

        // Forward slashes, which every system reads.
        string Relative(string to) => Path.GetRelativePath(directory, Path.GetFullPath(to)).Replace('\\', '/');
    }

    // Variants are another script of a language that is asked already.
    private static string[] Known(World world, ITokenizer tokenizer) =>
    [
        .. world.Languages.Where(language => language.VariantOf is null
            && world.Vocabulary.Tokens.Where(token => world.LanguageOf(token) == language).All(token => tokenizer.TokenToId(token) is not null))
            .Select(language => language.Code),
    ];
}
