using TwilioEmu.Webhooks.Delivery;
using TwilioEmu.Webhooks.Wires;

namespace TwilioEmu.Webhooks.Exchanges;

/// <summary>What Twilio makes of an answer.</summary>
/// <param name="Code">0 when it can be used, else the error.</param>
/// <param name="Message">The error in words.</param>
internal readonly record struct Verdict(int Code, string? Message)
{
    /// <summary>A code that is only reported while the answer is used, or 0.</summary>
    public int WarningCode { get; init; }

    /// <summary>Judges a whole answer that is no redirect (twilio.com/docs/messaging/twiml, twilio.com/docs/voice/twiml).</summary>
    public static Verdict On(WireAnswer answer, WebhookRequest request, Outgoing outgoing)
    {
        // Who only asks what a file is learns it, or not.
        if (outgoing.Method == "HEAD") return default;
        if (answer.Status == request.Purpose.RefusesBy) return default;
        if (answer.Status is not (>= 200 and < 300))
        {
            return new(11200, $"HTTP retrieval failure: the app answered {answer.Status}{CureOf(answer, request, outgoing)}");
        }
        if (request.IsCallback) return default;
        // A file for a message has a limit of its own (twilio.com/docs/api/errors/11751).
        if (answer.IsBodyCut && request.IsMedia && !request.IsVoice)
        {
            return new(11751, $"Media exceeds messaging provider size limit: more than {answer.Body.Length} bytes");
        }
        if (answer.IsBodyCut) return new(11750, $"TwiML response body too large: more than {answer.Body.Length} bytes");
        if (request.IsMedia) return default;
        var isEmpty = answer.Body.Length == 0;
        // What was not offered is not undone (twilio.com/docs/messaging/twiml: gzip and deflate; the code is inferred).
        if (!isEmpty && answer.Header("Content-Encoding")?.Trim() is { } encoding && !AnswerReader.Undoes(encoding))
        {
            return new(12100, $"Document parse failure: the answer is encoded as {encoding}, and only gzip and deflate were offered");
        }
        // A voice document of no type cannot be told from audio; a message's answer without one is plain text at best.
        if (request.IsVoice && !isEmpty && answer.ContentType is null)
        {
            return new(11200, "HTTP retrieval failure: the answer has no Content-Type");
        }
        if (!isEmpty || !answer.IsChunked) return default;
        const string Empty = "Empty HTTP response body with chunked encoding";
        return request.IsVoice ? new(11770, Empty) : new(0, Empty) { WarningCode = 11770 };
    }

    /// <summary>What mends the answers that most often mean a slip in the URL; nothing for the others.</summary>
    private static string CureOf(WireAnswer answer, WebhookRequest request, Outgoing outgoing) => answer.Status switch
    {
        // No app has that header: the request came back to who sent it.
        404 or 405 when answer.Header("Twilio-Request-Id") is not null =>
            $"; {outgoing.Url.Authority} is the emulator itself: name the port your app listens at",
        // macOS listens at 5000 and 7000, the first of which many frameworks take (support.apple.com: AirPlay Receiver).
        403 when answer.Header("Server")?.StartsWith("AirTunes", StringComparison.Ordinal) == true =>
            $"; {outgoing.Url.Authority} is AirPlay of macOS, not your app: let the app listen at another port, "
                + "or switch AirPlay Receiver off",
        _ when AppRefusals.CureOf(answer, outgoing) is { } cure => cure,
        403 when outgoing.Signature is not null => CureOfRefusedSignature(request, outgoing),
        // A redirect that is not 307 is followed by GET; frameworks redirect to add or drop a slash, or to https.
        405 when outgoing.Method != request.Method => $"; the app redirected there, and a redirect is followed by {outgoing.Method}: "
            + $"configure the URL it leads to, {outgoing.Url.Signed(request.IsVoice)}",
        405 =>
            $"; it takes no {outgoing.Method} there: the URL's method is configured beside it (sms_method, voice_method, "
                + "StatusCallbackMethod, ...)",
        // nginx and Go say so in words.
        400 when outgoing.Url.Scheme == "http" && answer.Body.Span.IndexOf("HTTPS"u8) >= 0 =>
            "; it speaks TLS there: its URL begins with https://",
        _ => "",
    };

    /// <summary>
    /// 403 is what validators of signatures answer, most often because the app
    /// believes to be called by another URL than the one that was signed.
    /// </summary>
    private static string CureOfRefusedSignature(WebhookRequest request, Outgoing outgoing) =>
        $"; if it refused the signature: the URL that was signed is {outgoing.Url.Signed(request.IsVoice)}, with the account's auth token. "
            + "Where the app checks against another URL, "
            + "configure that one and say under public_names (--public-names) where it really listens. "
            + "A login, or a check against forged forms (CSRF), answers so too";
}
