using System.Globalization;
using System.Text.Json;

namespace TwilioEmu.Rest.Faces;

/// <summary>Takes property values and spells them as the operation's document does.</summary>
/// <param name="json">Positioned after the property's name.</param>
/// <param name="usesRfc2822">True in 2010-04-01, where instants are RFC 2822; elsewhere they are ISO 8601.</param>
/// <param name="baseUrl">Scheme and authority for absolute links, without a trailing slash: <c>https://verify.twilio.com</c>.</param>
public sealed class FaceWriter(Utf8JsonWriter json, bool usesRfc2822, string baseUrl)
{
    /// <summary>For values that are objects or arrays.</summary>
    public Utf8JsonWriter Json => json;

    /// <summary>True where instants are RFC 2822.</summary>
    internal bool UsesRfc2822 => usesRfc2822;

    /// <summary>Scheme and authority for absolute links.</summary>
    public string BaseUrl => baseUrl;

    public void Write(string? text)
    {
        if (text is null) json.WriteNullValue();
        else json.WriteStringValue(text);
    }

    public void Write(bool value) => json.WriteBooleanValue(value);

    public void Write(long value) => json.WriteNumberValue(value);

    /// <summary>A number that Twilio spells as a string: <c>"num_segments": "1"</c>.</summary>
    public void WriteQuoted(long value) => json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>An instant, RFC 2822 or ISO 8601 as the document has it.</summary>
    public void Write(DateTimeOffset? at)
    {
        if (at is not { } instant) json.WriteNullValue();
        else json.WriteStringValue(usesRfc2822 ? TwilioDates.ToRfc2822(instant) : TwilioDates.ToIso8601(instant));
    }

    /// <summary>An object of names and paths or URLs: <c>subresource_uris</c>, <c>links</c>.</summary>
    public void WriteLinks(params ReadOnlySpan<(string Name, string Link)> links)
    {
        json.WriteStartObject();
        foreach (var (name, link) in links) json.WriteString(name, link);
        json.WriteEndObject();
    }
}
