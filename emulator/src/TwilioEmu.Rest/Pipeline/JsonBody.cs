using System.Text.Json;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Reads the body of an operation that takes JSON: one object, not too deep.</summary>
internal static class JsonBody
{
    /// <summary>The deepest document has 6 levels.</summary>
    private const int MaxDepth = 32;

    public static ParsedForm Parse(ReadOnlySpan<byte> body, ReadOnlySpan<char> media, string? contentType)
    {
        var isJson = media.IsEmpty || media.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (media.StartsWith("application/", StringComparison.OrdinalIgnoreCase)
                && media.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
        if (!isJson)
        {
            return ParsedForm.Refuse(new TwilioError(20001, 415, $"Content-Type '{contentType}' is not taken; send application/json"));
        }
        try
        {
            using var json = JsonText.Parse(body.ToArray(), MaxDepth);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                return ParsedForm.Refuse(TwilioError.BadRequest(20001, "the body is not a JSON object"));
            }
            return ParsedForm.Empty with { Json = json.RootElement.Clone() };
        }
        catch (JsonException bad)
        {
            return ParsedForm.Refuse(TwilioError.BadRequest(20001, $"the body is not JSON: {bad.Message}"));
        }
    }
}
