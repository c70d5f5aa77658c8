using MWork.Testing;
using VerifyTests;
using VerifyXunit;

namespace MWork.Regression.Snapshots;

/// <summary>A snapshot that says in words what moved, in place of two texts to compare by eye.</summary>
internal static class WordedSnapshot
{
    private static readonly string s_here = Path.Combine("tests", "Regression", "Snapshots");

    /// <summary>Compares a text with <c>folder/name.verified.txt</c> beside this file.</summary>
    /// <param name="changes">What happened between the accepted text and this one.</param>
    /// <exception cref="SnapshotChangedException">They differ, or nothing has been accepted yet.</exception>
    public static async Task Verify(string text, string folder, string name, Func<string, string, string> changes)
    {
        var settings = new VerifySettings();
        settings.UseDirectory(folder);
        settings.UseFileName(name);
        settings.DisableDiff();
        string path = Path.Combine(s_here, folder, name);
        string verified = Path.Combine(Repository.Root, $"{path}.verified.txt");
        string? accepted = File.Exists(verified) ? await File.ReadAllTextAsync(verified) : null;
        try
        {
            await Verifier.Verify(text, settings);
        }
        catch (Exception) // Verify has an exception of its own, its stand-in another.
        {
            string words = accepted is null ? "There is no snapshot yet." : Tell(changes, accepted, text);
            throw new SnapshotChangedException(
                $"{words}\n\nTo accept, from the root of the repository:\nmv {path}.received.txt {path}.verified.txt");
        }
    }

    private static string Tell(Func<string, string, string> changes, string accepted, string text)
    {
        try
        {
            return changes(accepted, text);
        }
        catch (FormatException error)
        {
            return $"The snapshot cannot be read: {error.Message}";
        }
    }
}

internal sealed class SnapshotChangedException(string message) : Exception(message);
