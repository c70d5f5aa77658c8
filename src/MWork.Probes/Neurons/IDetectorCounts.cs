namespace MWork.Probes.Neurons;

/// <summary>What a detector has seen of a text. Documents may come in any order and in parts: the counts are the same bits.</summary>
public interface IDetectorCounts
{
    /// <summary>Hash of the model's weights.</summary>
    string Model { get; }

    /// <summary>One hash for all the text, whatever order it came in.</summary>
    string TextHash { get; }

    int DocumentCount { get; }

    /// <summary>Writes everything that is needed to go on or to merge. In whole or not at all.</summary>
    void Save(string path);
}
