namespace MWork.Probes.Neurons;

/// <summary>
/// Knowledge neurons (Dai et al. 2022, "Knowledge Neurons in Pretrained Transformers", section 3): feed-forward neurons to which integrated
/// gradients attribute the probability of a fact's answer, in most wordings of the fact.
/// </summary>
public static class KnowledgeNeurons
{
    /// <summary>Above this completeness error a run is Invalid.</summary>
    public const double CompletenessLimit = 0.05;

    /// <summary>Fewest wordings that select: with fewer, what is peculiar to one wording passes for knowledge.</summary>
    public const int FewestParaphrases = 3;

    /// <summary>Dai et al.: a neuron counts in a prompt above this share of the prompt's largest attribution.</summary>
    public const double DefaultOfLargest = 0.2;

    /// <summary>Dai et al.: a neuron is kept if it counts in this share of the prompts.</summary>
    public const double DefaultOfPrompts = 0.7;

    /// <summary>The neurons of one fact.</summary>
    /// <param name="paraphrases">The fact's attributions, one per wording.</param>
    /// <param name="ofLargest">t: a neuron counts in a prompt if its attribution, summed over positions, exceeds this share of the largest
    /// there. Where none is positive, none counts.</param>
    /// <param name="ofPrompts">p: the share of prompts in which it must count.</param>
    /// <exception cref="ArgumentException">There are fewer than <see cref="FewestParaphrases"/>.</exception>
    public static NeuronSet Select(
        IReadOnlyList<Attribution> paraphrases, double ofLargest = DefaultOfLargest, double ofPrompts = DefaultOfPrompts)
    {
        if (paraphrases.Count < FewestParaphrases)
        {
            throw new ArgumentException($"{paraphrases.Count} wordings of a fact; {FewestParaphrases} are needed to select its neurons.", nameof(paraphrases));
        }

        return new NeuronSet(paraphrases
            .SelectMany(prompt => Counting(prompt, ofLargest))
            .GroupBy(neuron => neuron)
            .Where(neuron => neuron.Count() >= (ofPrompts * paraphrases.Count) - 1e-9)
            .Select(neuron => neuron.Key));
    }

    /// <summary>The neurons that count in one prompt.</summary>
    public static NeuronSet Counting(Attribution prompt, double ofLargest = DefaultOfLargest)
    {
        (Neuron Neuron, double Value)[] neurons = [.. prompt.Neurons];
        double largest = neurons.Max(neuron => neuron.Value);
        return new NeuronSet(neurons.Where(neuron => largest > 0 && neuron.Value > ofLargest * largest).Select(neuron => neuron.Neuron));
    }
}
