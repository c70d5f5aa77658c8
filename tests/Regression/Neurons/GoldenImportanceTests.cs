using MWork.Probes.Models;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Models.Parity;
using MWork.Probes.Neurons;
using MWork.Probes.Tokenizers;
using MWork.Regression.Conformance;
using MWork.Testing;
using Shouldly;
using Xunit.Abstractions;

namespace MWork.Regression.Neurons;

/// <summary>One pass gives what another implementation found by switching neurons off in every family.</summary>
public sealed class GoldenImportanceTests(ITestOutputHelper output)
{
    private const int Layer = 1;

    private static readonly (NeuronMatrix Matrix, string Letter)[] s_letters =
    [
        (NeuronMatrix.Ffn, "ffn"), (NeuronMatrix.Query, "q"), (NeuronMatrix.Key, "k"), (NeuronMatrix.Value, "v"),
        (NeuronMatrix.Output, "o"),
    ];

    public static TheoryData<string, string> Checkpoints => Golden.ModelParityTests.Checkpoints;

    [Theory, MemberData(nameof(Checkpoints))]
    public void Importances_agree_with_the_reference(string backend, string checkpoint)
    {
        string directory = Repository.Fixture("golden", "models", checkpoint);
        using SafetensorsFile expected = SafetensorsFile.Open(Path.Combine(directory, CheckpointParity.FileName));
        (Decoder decoder, string hash) = ModelDirectory.LoadDecoder(directory, BuiltIn.Get(backend));
        using var model = new LanguageModel(decoder, WordLevelTokenizer.Create([]), BuiltIn.Get(backend), hash);
        int[][] documents = [.. expected.ReadInt64("input_ids").Select(id => (int)id)
            .Chunk(expected.Entry("input_ids").Shape[1])];
        NeuronLayout layout = NeuronLayout.Of(decoder.Config);
        float[][] importances = Plnd.Importances(model, documents, new PlndOptions { QueryKey = QueryKeyDefinition.Row });
        int compared = 0;
        foreach ((NeuronMatrix matrix, string letter) in s_letters)
        {
            string name = $"{letter}_importance_bruteforce_layer{Layer}";
            if (expected.Tensors.ContainsKey(name))
            {
                // The reference takes one norm over the batch.
                int from = layout.Offset(Layer, matrix);
                double[] norms = [.. Enumerable.Range(from, layout.Size(matrix))
                    .Select(place => SwitchedOff.Norm(importances.Select(values => (double)values[place])))];
                double distance = SwitchedOff.Distance(norms, Read(expected, name));
                output.WriteLine($"{name} {distance:0.0e+00}");
                norms.Length.ShouldBe(Read(expected, name).Length);
                distance.ShouldBeLessThan(CheckpointParity.RelativeTolerance, name);
                compared++;
            }
        }

        compared.ShouldBe(checkpoint == "bloom" ? 1 : 5);
    }

    private static double[] Read(SafetensorsFile file, string name) => Array.ConvertAll(file.ReadFloat32(name), x => (double)x);
}
