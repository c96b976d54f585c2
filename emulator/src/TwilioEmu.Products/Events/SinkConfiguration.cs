using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Text;

namespace TwilioEmu.Products.Events;

/// <summary>Where a webhook sink is, and how it wants to be told.</summary>
/// <remarks>twilio.com/docs/events/event-streams/sink-resource; error dictionary 91000. Pure.</remarks>
/// <param name="Destination">The app's URL.</param>
/// <param name="Method">As sinks show it: lower case (measured).</param>
/// <param name="IsBatched">True where bodies are lists of events; false when it was left out (measured).</param>
internal sealed record SinkConfiguration(string Destination, string Method, bool IsBatched)
{
    private static readonly string[] OfKinesis = ["arn", "role_arn", "external_id"];

    /// <summary>As the sink keeps and shows it.</summary>
    public string Json =>
        new JsonObject { ["destination"] = Destination, ["method"] = Method, ["batch_events"] = IsBatched }.ToJsonString();

    /// <summary>Reads what a sink keeps, or a request gives for a webhook; null with what is wrong.</summary>
    public static SinkConfiguration? Read(string json, out string? fault)
    {
        if (!TryObject(json, out var root, out fault)) return null;
        var destination = JsonText.Member(root, "destination") ?? "";
        var method = (JsonText.Member(root, "method") ?? "POST").ToUpperInvariant();
        fault = !Uri.TryCreate(destination, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            ? "destination must be an http or https URL"
            : method is not ("POST" or "GET") ? "method must be POST or GET" : null;
        var batched = root.TryGetProperty("batch_events", out var value) ? value.ValueKind : JsonValueKind.Undefined;
        // Apps that build the JSON by hand quote the word.
        var isBatched = batched == JsonValueKind.True || (batched == JsonValueKind.String && value.GetString() is "true" or "True");
        if (batched == JsonValueKind.Number) fault ??= "batch_events must be true or false";
        return fault is null ? new SinkConfiguration(destination, method.ToLowerInvariant(), isBatched) : null;
    }

    /// <summary>What is wrong with the configuration of a sink of another type, or null.</summary>
    public static string? FaultOf(string type, string json)
    {
        if (!TryObject(json, out var root, out var fault)) return fault;
        var missing = type switch { "kinesis" => OfKinesis, "segment" => ["write_key"], _ => [] };
        return missing.FirstOrDefault(m => JsonText.Member(root, m) is not { Length: > 0 }) is { } name
            ? $"{name} must not be empty"
            : null;
    }

    private static bool TryObject(string json, out JsonElement root, out string? fault)
    {
        (root, fault) = (default, "it must be a JSON object");
        try
        {
            using var document = JsonText.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return false;
            (root, fault) = (document.RootElement.Clone(), null);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
