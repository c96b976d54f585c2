using System.Text.Json;
using TwilioEmu.Kernel.Text;

namespace TwilioEmu.Scenarios.Reading;

/// <summary>Reads a JSON body into nodes, so that the control API and the files share one reader.</summary>
public static class JsonNodes
{
    /// <summary>Levels of nesting taken.</summary>
    public const int MaxDepth = 32;

    /// <summary>The body's root; null after the fault that says what is wrong.</summary>
    public static Node? Read(ReadOnlyMemory<byte> body, Faults faults)
    {
        try
        {
            using var document = JsonText.Parse(body, MaxDepth, mayRepeat: true);
            return Of(document.RootElement, "", faults);
        }
        catch (JsonException broken)
        {
            var place = broken is { LineNumber: { } line, BytePositionInLine: { } column } ? $"line {line + 1}, byte {column + 1}: " : "";
            faults.Add(
                default(SourcePosition) with { Source = "" }, "",
                $"the body is not JSON: {place}{broken.Message.Split(" LineNumber", 2)[0]}");
            return null;
        }
    }

    private static Node Of(JsonElement value, string path, Faults faults)
    {
        var place = new SourcePosition("", 0, 0);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new List<Node.Member>();
                var keys = new HashSet<string>(StringComparer.Ordinal);
                foreach (var property in value.EnumerateObject())
                {
                    var at = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                    if (!keys.Add(property.Name)) faults.Add(place, at, $"\"{at}\" stands there twice");
                    else members.Add(new Node.Member(place, property.Name, Of(property.Value, at, faults)));
                }
                return new Node.Mapping(place, members);
            case JsonValueKind.Array:
                return new Node.Sequence(place, [.. value.EnumerateArray().Select((item, i) => Of(item, $"{path}[{i}]", faults))]);
            case JsonValueKind.String:
                return new Node.Scalar(place, value.GetString()!, ScalarKind.Quoted);
            case JsonValueKind.Null:
                return new Node.Scalar(place, "", ScalarKind.Null);
            default:
                return new Node.Scalar(place, value.GetRawText(), ScalarKind.Literal);
        }
    }
}
