using System.Text;

namespace TwilioEmu.Twiml.Reading;

/// <summary>Tells by content type and body what an app's answer is, and reads it when it is TwiML.</summary>
/// <remarks>Pure. Source: twilio.com/docs/voice/twiml (MIME types), error dictionary 11200, 11750, 12100, 12102, 12300.</remarks>
public static class TwimlReader
{
    /// <summary>Error 11750: a TwiML body is at most 64 kB.</summary>
    public const int MaxByteCount = 64 * 1024;

    /// <summary>Reads an answer.</summary>
    /// <param name="contentType">As sent by the app, parameters included; null when absent.</param>
    /// <param name="body">As sent by the app.</param>
    public static TwimlReading Read(string? contentType, ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty) return new TwimlReading.Empty();
        var mediaType = MediaType(contentType);
        if (mediaType.Length == 0) return new TwimlReading.Faulty(11200, "the answer has no Content-Type");
        if (mediaType.StartsWith("audio/", StringComparison.Ordinal)) return new TwimlReading.Audio(mediaType);
        if (mediaType is not ("text/xml" or "application/xml" or "text/html" or "text/plain"))
        {
            return new TwimlReading.Faulty(12300, $"Content-Type {mediaType} is neither TwiML, text nor audio{CureOf(mediaType, body)}");
        }
        if (body.Length > MaxByteCount)
        {
            return new TwimlReading.Faulty(11750, $"the answer has {body.Length} bytes; at most {MaxByteCount} are read");
        }
        // A fatal error of XML (w3.org/TR/xml, 4.3.3); that the live service keeps to it is inferred.
        if (mediaType != "text/plain" && BodyText.Misnamed(contentType!, body) is { } charset)
        {
            return new TwimlReading.Faulty(
                12100, $"the document says that it is {charset}, and its bytes are not: declare utf-8, as it is sent", 1, 1);
        }
        var text = BodyText.Decode(contentType!, body);
        return mediaType == "text/plain" ? new TwimlReading.PlainText(text) : ReadText(text);
    }

    /// <summary>Reads TwiML that is text already: the <c>Twiml</c> parameter, a <c>text/plain</c> body.</summary>
    public static TwimlReading ReadText(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxByteCount)
        {
            return new TwimlReading.Faulty(11750, $"the document has more than {MaxByteCount} bytes");
        }
        return TwimlParser.Parse(text);
    }

    /// <summary>
    /// Frameworks that answer JSON unless told wrap a document into a string: <c>"&lt;?xml ...</c>, its brackets escaped or not.
    /// </summary>
    private static string CureOf(string mediaType, ReadOnlySpan<byte> body) =>
        !mediaType.EndsWith("json", StringComparison.Ordinal) ? ""
        : body.TrimStart(" \t\r\n"u8) is [(byte)'"', .. var text]
            && (text.StartsWith("<"u8) || text.StartsWith("\\u003c"u8) || text.StartsWith("\\u003C"u8))
            ? "; the TwiML stands in a JSON string: answer its text itself, as text/xml"
            : "; answer TwiML as text/xml, or nothing (204)";

    private static string MediaType(string? contentType) =>
        contentType is null ? "" : contentType.Split(';', 2)[0].Trim().ToLowerInvariant();
}
