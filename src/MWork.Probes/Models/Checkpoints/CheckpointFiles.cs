namespace MWork.Probes.Models.Checkpoints;

/// <summary>Finds the weight files in a directory as released checkpoints lay them out.</summary>
internal static class CheckpointFiles
{
    private const string Single = "model.safetensors";
    private const string Index = "model.safetensors.index.json";

    // Works for one file and for shards; clones, because safetensors refuses tied weights that share memory. Pickle may run
    // code on load, hence weights_only, and hence that this is left to the user.
    private const string Convert =
        "python -c \"import glob, torch, safetensors.torch as s; s.save_file({k: v.clone().contiguous()" +
        " for f in sorted(glob.glob('pytorch_model*.bin'))" +
        " for k, v in torch.load(f, map_location='cpu', weights_only=True).items()}, 'model.safetensors', {'format': 'pt'})\"";

    /// <summary>
    /// Opens the files and tells which holds which tensor. <c>model.safetensors</c> goes before an index, as in transformers.
    /// Tensors of a shard that the index does not list are left out.
    /// </summary>
    /// <returns>The path that stands for the checkpoint in messages, the open files, and the file of each tensor.</returns>
    /// <exception cref="CheckpointException">There is no sound checkpoint in the directory.</exception>
    public static (string Path, List<SafetensorsFile> Files, Dictionary<string, SafetensorsFile> Map) Open(string directory)
    {
        if (File.Exists(directory))
        {
            throw CheckpointException.In(directory, "this is a file; give the directory that holds it");
        }

        if (!Directory.Exists(directory))
        {
            throw CheckpointException.In(directory, "there is no such directory; check the path");
        }

        string single = Path.Combine(directory, Single);
        string index = Path.Combine(directory, Index);
        if (Path.Exists(single))
        {
            var file = SafetensorsFile.Open(single);
            var map = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
            foreach (string name in file.Tensors.Keys)
            {
                map.Add(name, file);
            }

            return (single, [file], map);
        }

        if (Path.Exists(index))
        {
            return OpenShards(directory, index);
        }

        try
        {
            throw Missing(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CheckpointException.In(directory, "the directory cannot be listed; check its permissions", e);
        }
    }

    private static (string Path, List<SafetensorsFile> Files, Dictionary<string, SafetensorsFile> Map) OpenShards(
        string directory, string index)
    {
        var files = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        var map = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        try
        {
            foreach ((string tensor, string shard) in ShardIndex.Read(index))
            {
                if (!files.TryGetValue(shard, out SafetensorsFile? file))
                {
                    string path = Path.Combine(directory, shard);
                    if (!Path.Exists(path))
                    {
                        throw CheckpointException.InTensor(
                            index,
                            tensor,
                            $"is in {CheckpointException.Quote(shard)}, and there is no such file; download that shard");
                    }

                    file = SafetensorsFile.Open(path);
                    files.Add(shard, file);
                }

                if (!file.Tensors.ContainsKey(tensor))
                {
                    throw CheckpointException.InTensor(
                        index,
                        tensor,
                        $"is not in {CheckpointException.Quote(shard)}, where the index has it; download both files again");
                }

                map.Add(tensor, file);
            }
        }
        catch
        {
            foreach (SafetensorsFile file in files.Values)
            {
                file.Dispose();
            }

            throw;
        }

        return (index, [.. files.Values], map);
    }

    private static CheckpointException Missing(string directory)
    {
        if (Directory.EnumerateFiles(directory, "pytorch_model*.bin").Any())
        {
            return CheckpointException.In(
                directory,
                "the weights are pickled (pytorch_model*.bin), which is never loaded here because it can run code;" +
                $" convert them by running, in that directory, {Convert}");
        }

        string? other = Directory.EnumerateFiles(directory, "*.safetensors")
            .Select(Path.GetFileName).Order(StringComparer.Ordinal).FirstOrDefault();
        string found = other is null ? "" : $" (there is {CheckpointException.Quote(other)}; rename it if it is the whole model)";
        return CheckpointException.In(
            directory, $"there is neither {Single} nor {Index}{found}; check the path or download the checkpoint");
    }
}
