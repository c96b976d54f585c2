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

    /// <summary>
    /// The same for what lives at <c>/2010-04-01</c>: <c>https://api.twilio.com</c>, or the emulator without a product's prefix.
    /// </summary>
    public string ApiUrl => UrlOf("api");

    /// <summary>The same for another product: by its host where ours was reached by one, else by its prefix.</summary>
    public string UrlOf(string product)
    {
        var authority = baseUrl.IndexOf("//", StringComparison.Ordinal) + 2;
        var prefix = baseUrl.IndexOf('/', authority);
        var end = baseUrl.AsSpan(authority).IndexOfAny('/', ':') is >= 0 and var at ? authority + at : baseUrl.Length;
        var host = baseUrl.AsSpan(authority, end - authority);
        if (prefix < 0
            && (host.EndsWith(".twilio.com", StringComparison.OrdinalIgnoreCase)
                || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)))
        {
            return string.Concat(baseUrl.AsSpan(0, authority), product, baseUrl.AsSpan(authority + host.IndexOf('.')));
        }
        var root = prefix < 0 ? baseUrl : baseUrl[..prefix];
        return product == "api" ? root : $"{root}/{product}";
    }

    public void Write(string? text)
    {
        if (text is null) json.WriteNullValue();
        else json.WriteStringValue(text);
    }

    /// <summary>A text that is not made a string for it.</summary>
    public void Write(ReadOnlySpan<char> text) => json.WriteStringValue(text);

    public void Write(bool value) => json.WriteBooleanValue(value);

    public void Write(long value) => json.WriteNumberValue(value);

    /// <summary>A number that Twilio spells as a string: <c>"num_segments": "1"</c>.</summary>
    public void WriteQuoted(long value)
    {
        Span<char> text = stackalloc char[20];
        value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        json.WriteStringValue(text[..length]);
    }

    /// <summary>An instant, RFC 2822 or ISO 8601 as the document has it.</summary>
    public void Write(DateTimeOffset? at)
    {
        if (at is not { } instant)
        {
            json.WriteNullValue();
            return;
        }
        Span<char> text = stackalloc char[usesRfc2822 ? TwilioDates.Rfc2822Length : TwilioDates.Iso8601Length];
        if (usesRfc2822) TwilioDates.WriteRfc2822(instant, text);
        else TwilioDates.WriteIso8601(instant, text);
        json.WriteStringValue(text);
    }

    /// <summary>An object of names and paths or URLs: <c>subresource_uris</c>, <c>links</c>.</summary>
    public void WriteLinks(params ReadOnlySpan<(string Name, string Link)> links)
    {
        json.WriteStartObject();
        foreach (var (name, link) in links) json.WriteString(name, link);
        json.WriteEndObject();
    }
}
