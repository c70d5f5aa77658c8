using System.CommandLine;
using System.Globalization;
using MWork.Probes.Models;

namespace MWork.Cli.Commands;

/// <summary>Options that mean the same in every command that has them.</summary>
internal static class CommonOptions
{
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

    public static Option<string> World() => new("--world")
    {
        Description = "The small world's directory.",
        DefaultValueFactory = _ => "fixtures/world",
    };
}
