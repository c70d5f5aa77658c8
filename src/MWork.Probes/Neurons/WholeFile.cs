using System.Text;

namespace MWork.Probes.Neurons;

/// <summary>Files that are written in whole or not at all: a run that is interrupted leaves the last state that was
/// complete.</summary>
internal static class WholeFile
{
    public static void Write(string path, string text)
    {
        string unfinished = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(unfinished, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    public static string Read(string path, string wayOut) => File.Exists(path)
        ? File.ReadAllText(path)
        : throw new NeuronFileException($"{path}: there is no such file; {wayOut}.");
}
