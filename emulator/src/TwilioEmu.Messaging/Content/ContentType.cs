using System.Text.Json;
using TwilioEmu.Carrier.Switching;

namespace TwilioEmu.Messaging.Content;

/// <summary>One sort of content that templates have.</summary>
/// <param name="Name"><c>twilio/quick-reply</c>.</param>
/// <param name="Channels">Where it can be shown; <c>sms</c> and <c>mms</c> among them.</param>
/// <param name="Fault">What is wrong with such content beyond its schema, or null.</param>
/// <param name="Render">What is shown, its variables filled in.</param>
internal sealed record ContentType(
    string Name, IReadOnlyList<string> Channels, Func<JsonElement, string?> Fault, Func<JsonElement, RenderedContent> Render)
{
    /// <summary>True where WhatsApp takes it as an approved template only, in a session too.</summary>
    public bool NeedsApproval { get; init; }

    /// <summary>False where it is for sessions only and never submitted.</summary>
    public bool MayBeApproved { get; init; } = true;
}

/// <summary>What a template comes to for one message.</summary>
/// <param name="Body">Its words.</param>
/// <param name="MediaUrls">What goes with them.</param>
/// <param name="Shown">What the channel shows around them; null for plain text and media.</param>
internal sealed record RenderedContent(string Body, IReadOnlyList<string> MediaUrls, RichContent? Shown);
