using System.CommandLine;
using System.Globalization;
using MWork.Probes.Lenses;
using MWork.Probes.Models;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Tasks;
using MWork.Probes.Tensors.Managed;
using MWork.Probes.Text;
using MWork.Probes.Training;

namespace MWork.Cli.Commands;

/// <summary>What a small model can do and what its lens shows, on the selection facts: the figures by which recipes are chosen.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("model") { Description = "A small model's directory." };
        var world = new Option<string>("--world") { Description = "The small world's directory.", DefaultValueFactory = _ => "fixtures/world" };
        var command = new Command("evaluate", "Accuracy and lens shares of a small model on the selection facts.") { directory, world };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(directory), parsed.GetRequiredValue(world)));
        return command;
    }

    private static int Run(string directory, string worldPath)
    {
        World world = World.Load(worldPath);
        using LanguageModel model = ModelDirectory.Load(directory, ManagedBackend.Shared);
        Recipe recipe = Recipe.Load(Path.Combine(directory, "recipe.json"));
        Language[] languages = [.. recipe.Text.LanguageShares.Keys.Select(world.Language)];
        TokenLanguages tokens = SmallWorldTokens.Of(world, model.Tokenizer, languages);
        var holding = new Holding(world, recipe.Text);
        foreach (Language language in languages)
        {
            Prompt[] shared = [.. world.Facts.Where(f => f.Split == Use.Selection && holding.IsShared(f)).Select(f => world.Prompt(f, language, Use.Selection))];
            Prompt[] withheld = [.. world.Facts.Where(f => holding.IsPivotOnly(f)).Select(f => world.Prompt(f, language, Use.Selection))];
            Prompt[] own = [.. holding.OwnFactsOf(language).Select(f => world.Prompt(f, language, Use.Selection))];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{language.Code}  shared {Accuracy(model, shared):0.00}  pivot-only {Accuracy(model, withheld):0.00} (chance {withheld.Average(p => p.Chance):0.00})  own {Accuracy(model, own):0.00}"));
            LensShares shares = LensShares.Measure(
                model, [.. shared.Select(p => model.Tokenizer.Encode(p.Text))], tokens, top: 10, new LensView(LogitLens.Normed))[0];
            for (int l = 0; l < languages.Length; l++)
            {
                Console.WriteLine($"    {languages[l].Code} " + string.Join(' ', Enumerable.Range(0, shares.Layers).Select(layer =>
                    Enumerable.Range(0, shares.Prompts).Average(i => shares[i, layer, l]).ToString("0.00", CultureInfo.InvariantCulture))));
            }
        }

        return 0;
    }

    private static double Accuracy(LanguageModel model, IReadOnlyList<Prompt> prompts) =>
        prompts.Count == 0 ? double.NaN : CandidateScores.Measure(model, prompts).Average(score => score.IsRight ? 1.0 : 0);
}
