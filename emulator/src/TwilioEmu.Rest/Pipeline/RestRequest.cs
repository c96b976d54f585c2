using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>A request that was routed, authenticated, read and checked: what a behaviour works on.</summary>
public sealed record RestRequest
{
    public required Operation Operation { get; init; }

    public required Principal Principal { get; init; }

    /// <summary>The account in the path, or the caller's own where the path has none.</summary>
    public required AccountSid Account { get; init; }

    /// <summary>Path as the client spelt it, without query: <c>/2010-04-01/Accounts/AC.../Messages.json</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What followed the path's last dot, with the dot: <c>.json</c>, or empty.</summary>
    /// <remarks>Bytes are asked for without an extension.</remarks>
    public string Extension { get; init; } = ".json";

    /// <summary>Path parameters by their name in the document: <c>Sid</c>, <c>CallSid</c>, <c>CountryCode</c>.</summary>
    public required IReadOnlyDictionary<string, string> PathValues { get; init; }

    /// <summary>Query parameters; the filters of a list.</summary>
    public required FormValues Query { get; init; }

    /// <summary>Body parameters.</summary>
    public required FormValues Form { get; init; }

    /// <summary>The body of an operation that reads JSON; <c>Undefined</c> elsewhere, and where nothing was sent.</summary>
    public JsonElement Json { get; init; }

    /// <summary>The state the client believes it changes, or null.</summary>
    public string? IfMatch { get; init; }

    /// <summary>
    /// True where the client wants the product's own webhooks told of what it does (twilio.com/docs/conversations/conversations-webhooks).
    /// </summary>
    public bool IsToldToWebhooks { get; init; }

    /// <summary>Scheme and authority the client used, for absolute links.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>Seq of the request's journal entry: the cause of what the behaviour writes.</summary>
    public required long Cause { get; init; }

    /// <summary>The request with properties of the resource that no parameter sets, in place of what it had for a body of JSON.</summary>
    public RestRequest With(JsonObject properties) => this with { Json = JsonText.ElementOf(properties) };
}
