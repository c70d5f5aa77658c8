using MWork.Probes.Tokenizers;

namespace MWork.Regression.Tokenizers;

/// <summary>The tokenizers under <c>fixtures/golden/tokenizers</c>.</summary>
internal static class TokenizerFixtures
{
    public static string Root { get; } = Locate();

    public static ITokenizer Load(string name) => Tokenizer.Load(Path.Combine(Root, name));

    /// <summary>The one tokenizer file of a fixture.</summary>
    public static string FileOf(string name) =>
        Directory.GetFiles(Path.Combine(Root, name), "tokenizer.*").Single();

    private static string Locate()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "MWork.Hypotheses.sln")))
            directory = Path.GetDirectoryName(directory);
        return Path.Combine(directory ?? throw new DirectoryNotFoundException("The tests run outside the repository."), "fixtures/golden/tokenizers");
    }
}
