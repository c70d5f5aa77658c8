namespace MWork.Regression.Snapshots;

/// <summary>What happened between two listings, in words: <c>PLND as described, fr, layer 4: gained 17, 203; lost 88.</c></summary>
internal static class NeuronChanges
{
    // A detector that changed throughout moves every layer of every language; the first lines and the numbers are enough to see that.
    private const int MostLayers = 40;
    private const int MostIndices = 20;

    public static string Tell(NeuronListing before, NeuronListing after)
    {
        var old = before.Layers.ToDictionary(layer => layer.Place, layer => layer.Neurons);
        var now = after.Layers.ToDictionary(layer => layer.Place, layer => layer.Neurons);
        var places = old.Keys.Union(now.Keys).ToArray();
        var sets = places.Select(place => (place.Detector, place.Language)).Distinct().ToList();
        var moved = places
            .OrderBy(place => sets.IndexOf((place.Detector, place.Language))).ThenBy(place => place.Layer)
            .Select(place => (Place: place, Old: old.GetValueOrDefault(place, LayerNeurons.Of([])), Now: now.GetValueOrDefault(place, LayerNeurons.Of([]))))
            .Where(layer => layer.Old.Hash != layer.Now.Hash)
            .ToArray();
        var lines = new List<string>();
        if (before.Title != after.Title)
            lines.Add($"What was measured changed: it was \"{before.Title}\" and is \"{after.Title}\".");
        lines.AddRange(moved.Take(MostLayers).Select(layer =>
            $"{layer.Place.Detector}, {layer.Place.Language}, layer {layer.Place.Layer}: {Change(layer.Old, layer.Now)}."));
        if (moved.Length > MostLayers)
            lines.Add($"… and {moved.Length - MostLayers} more layers changed.");
        return lines.Count > 0 ? string.Join('\n', lines) : "No neuron moved; only the wording or the layout of the file did.";
    }

    private static string Change(LayerNeurons old, LayerNeurons now)
    {
        if (old.Indices is null || now.Indices is null)
            return old.Count == now.Count ? $"still {now.Count} neurons, but not the same" : $"{old.Count} neurons became {now.Count}";

        return string.Join("; ", new[] { Said("gained", now.Indices.Except(old.Indices)), Said("lost", old.Indices.Except(now.Indices)) }.OfType<string>());
    }

    private static string? Said(string verb, IEnumerable<int> indices)
    {
        int[] all = [.. indices];
        string rest = all.Length > MostIndices ? $" and {all.Length - MostIndices} more" : "";
        return all.Length == 0 ? null : $"{verb} {string.Join(", ", all.Take(MostIndices))}{rest}";
    }
}
