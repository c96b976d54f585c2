using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace TwilioEmu.Access;

/// <summary>Why a request is not let in.</summary>
/// <param name="Status">401, 403 or 415.</param>
/// <param name="Reason">In words, with what would let it in.</param>
internal sealed record Refusal(int Status, string Reason)
{
    /// <summary>Answers as the API that was asked does: a problem (RFC 9457) of the control API, an error of Twilio's.</summary>
    public async Task WriteAsync(HttpContext http, bool isControl)
    {
        var response = http.Response;
        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            if (isControl) json.WriteString("type", "about:blank");
            if (isControl) json.WriteString("title", ReasonPhrases.GetReasonPhrase(Status));
            // twilio.com/docs/api/errors/20403: forbidden.
            if (!isControl) json.WriteNumber("code", 20403);
            json.WriteString(isControl ? "detail" : "message", Reason);
            if (!isControl) json.WriteString("more_info", "https://www.twilio.com/docs/errors/20403");
            json.WriteNumber("status", Status);
            json.WriteEndObject();
        }
        response.StatusCode = Status;
        response.ContentType = isControl ? "application/problem+json" : "application/json";
        response.ContentLength = body.WrittenCount;
        response.Headers.CacheControl = "no-store";
        if (Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer realm=\"TwilioEmu\"";
        if (!HttpMethods.IsHead(http.Request.Method)) await response.Body.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }
}
