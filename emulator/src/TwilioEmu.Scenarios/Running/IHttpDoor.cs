using System.Text;
using System.Text.Json;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Asks over HTTP: the REST API of a story's world, the control API of an emulator that runs elsewhere.</summary>
public interface IHttpDoor
{
    /// <summary>Asks and waits for the whole answer.</summary>
    /// <exception cref="StoryException">Nobody answered.</exception>
    Task<HttpReply> SendAsync(HttpAsk ask, CancellationToken cancellation);
}

/// <summary>A request.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Url">Absolute.</param>
/// <param name="User">For Basic authentication, with its password; null for none.</param>
/// <param name="Password">The user's.</param>
/// <param name="ContentType">Of the body; null for none.</param>
/// <param name="Body">What is sent.</param>
public sealed record HttpAsk(
    string Method, Uri Url, string? User = null, string? Password = null, string? ContentType = null, ReadOnlyMemory<byte> Body = default);

/// <summary>An answer.</summary>
public sealed record HttpReply(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    private const int ShownLength = 600;

    /// <summary>What the emulator says beside the answer (<c>TwilioEmu-Warning</c>): a cure, where one is known.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The body as JSON; an undefined element when it is none.</summary>
    public JsonElement ToJson()
    {
        if (Body.IsEmpty) return default;
        try
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>An error of the API in words: code, message and cure; empty for any other answer.</summary>
    public string ToErrorText()
    {
        var body = ToJson();
        if (Status < 400 || body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("code", out var code)
            || !body.TryGetProperty("message", out var message))
        {
            return "";
        }
        return $"{code}: {message}{(Warnings.Count > 0 ? $" ({string.Join("; ", Warnings)})" : "")}";
    }

    /// <summary>The body as text for people, cut where it grows long.</summary>
    public string ToShortText()
    {
        var text = Encoding.UTF8.GetString(Body.Span);
        return text.Length <= ShownLength ? text : text[..ShownLength] + "...";
    }
}
