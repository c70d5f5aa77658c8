using System.Text.Json;

namespace MWork.Probes.Text;

/// <summary>What the serializer complains of, in words for who wrote the file: it speaks of types and members.</summary>
public static class JsonProblem
{
    /// <summary>One sentence with the file's name and the field or the line.</summary>
    public static string Of(string name, JsonException problem)
    {
        if (problem.Path is null || problem.InnerException is JsonException)
        {
            return $"{name} is not JSON at line {problem.LineNumber + 1}.";
        }

        string field = problem.Path.TrimStart('$').TrimStart('.');
        string[] missing = problem.Message.Split("missing required properties including: '");
        return missing.Length > 1
            ? $"{name}: field '{(field.Length == 0 ? "" : field + ".")}{missing[1].Split('\'')[0]}' is missing."
            : $"{name}: field '{field}' is unknown or not of its kind (line {problem.LineNumber + 1}).";
    }
}
