using System.Text;
using MWork.Probes.Tokenizers.Patterns;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary><c>Replace</c>, as a normalizer and as a decoder.</summary>
internal sealed class Replacement(IDelimiter delimiter, string content) : INormalizer, IDecoder
{
    public static Replacement Read(JsonField field) => new(Delimiters.Read(field["pattern"]), field["content"].Text());

    public string Normalize(string text)
    {
        var stretches = new List<Stretch>();
        delimiter.Find(text, stretches);
        if (!stretches.Exists(stretch => stretch.IsMatch))
            return text;
        var result = new StringBuilder(text.Length);
        foreach (Stretch stretch in stretches)
        {
            if (stretch.IsMatch)
                result.Append(content);
            else
                result.Append(text, stretch.Start, stretch.End - stretch.Start);
        }

        return result.ToString();
    }

    public List<string> Decode(List<string> tokens) => tokens.ConvertAll(Normalize);
}
