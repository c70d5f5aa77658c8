using System.CommandLine;
using System.Globalization;
using System.Numerics;
using MWork.Probes.Models;

namespace MWork.Cli.Commands;

/// <summary>Options that mean the same in every command that has them.</summary>
internal static class CommonOptions
{
    public const string AtLeastOne = "a whole number of at least 1";

    private const string AnyModel = "A subject's name or file, or a checkpoint's directory.";

    /// <summary>Of commands that run one model.</summary>
    public static Argument<string> Model() => new("model") { Description = AnyModel };

    public static Option<bool> Json() => new("--json") { Description = "Write JSON and nothing else." };

    public static Option<int?> Threads() => new("--threads")
    {
        Description = "Threads; they change the time and never a bit of the result.",
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads > 0)
            {
                return threads;
            }

            result.AddError($"--threads is '{text}' but must be a whole number of at least 1");
            return null;
        },
    };

    public static Option<WeightPrecision?> Weights() => new("--weights")
    {
        HelpName = "float32|stored",
        Description = "How weights are kept: float32, or stored (as the file has them: half the memory for 16 bits, the same results; "
            + $"{ModelDirectory.PrecisionVariable} sets the default).",
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            foreach (WeightPrecision precision in Enum.GetValues<WeightPrecision>())
            {
                if (text == NameOf(precision))
                {
                    return precision;
                }
            }

            result.AddError($"--weights is '{text}' but must be float32 or stored");
            return null;
        },
    };

    /// <summary>As a user writes it.</summary>
    public static string NameOf(WeightPrecision precision) => precision == WeightPrecision.Float32 ? "float32" : "stored";

    /// <summary>Of commands that run one model and can do without a name for it.</summary>
    public static Option<string> Subject() => new("--subject", "--model")
    {
        Description = AnyModel,
        DefaultValueFactory = _ => "english-pivot",
    };

    /// <summary>A number that is refused in words where it does not fit.</summary>
    /// <param name="must">What it must be, e.g. "a number above 0".</param>
    public static Option<T?> Number<T>(string name, string description, Func<T, bool> fits, string must)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            CustomParser = result =>
            {
                string text = result.Tokens[^1].Value;
                if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T number) && fits(number))
                {
                    return number;
                }

                result.AddError($"{name} is '{text}' but must be {must}");
                return null;
            },
        };

    /// <summary>The option's value is a directory to write: a file in its place is refused before any work is done.</summary>
    public static Option<T> WritesDirectory<T>(this Option<T> option) =>
        option.Refuse(path => File.Exists(path) ? "there is a file of that name; choose another directory" : null);

    /// <summary>The option's value is a file to write: a directory in its place is refused before any work is done.</summary>
    public static Option<T> WritesFile<T>(this Option<T> option) =>
        option.Refuse(path => Directory.Exists(path) ? "there is a directory of that name; name a file in it" : null);

    private static Option<T> Refuse<T>(this Option<T> option, Func<string, string?> problem)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [.., { Value: var path }] && problem(path) is { } why)
            {
                result.AddError($"{option.Name} is '{path}', and {why}");
            }
        });
        return option;
    }

    public static Option<string> World() => new("--world")
    {
        Description = "The small world's directory.",
        DefaultValueFactory = _ => Fixtures.World,
    };
}
