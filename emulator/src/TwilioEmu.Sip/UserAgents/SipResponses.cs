using System.Collections.Frozen;
using System.Collections.Immutable;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>Responses as requests ask for them, RFC 3261 §8.2.6.</summary>
public static class SipResponses
{
    private static readonly FrozenDictionary<int, string> Reasons = new Dictionary<int, string>
    {
        [100] = "Trying",
        [180] = "Ringing",
        [181] = "Call Is Being Forwarded",
        [182] = "Queued",
        [183] = "Session Progress",
        [200] = "OK",
        [202] = "Accepted",
        [300] = "Multiple Choices",
        [301] = "Moved Permanently",
        [302] = "Moved Temporarily",
        [400] = "Bad Request",
        [401] = "Unauthorized",
        [403] = "Forbidden",
        [404] = "Not Found",
        [405] = "Method Not Allowed",
        [406] = "Not Acceptable",
        [407] = "Proxy Authentication Required",
        [408] = "Request Timeout",
        [410] = "Gone",
        [413] = "Request Entity Too Large",
        [415] = "Unsupported Media Type",
        [416] = "Unsupported URI Scheme",
        [420] = "Bad Extension",
        [421] = "Extension Required",
        [422] = "Session Interval Too Small",
        [423] = "Interval Too Brief",
        [480] = "Temporarily Unavailable",
        [481] = "Call/Transaction Does Not Exist",
        [482] = "Loop Detected",
        [483] = "Too Many Hops",
        [484] = "Address Incomplete",
        [486] = "Busy Here",
        [487] = "Request Terminated",
        [488] = "Not Acceptable Here",
        [489] = "Bad Event",
        [491] = "Request Pending",
        [500] = "Server Internal Error",
        [501] = "Not Implemented",
        [503] = "Service Unavailable",
        [504] = "Server Time-out",
        [505] = "Version Not Supported",
        [513] = "Message Too Large",
        [600] = "Busy Everywhere",
        [603] = "Decline",
        [604] = "Does Not Exist Anywhere",
        [606] = "Not Acceptable",
    }.ToFrozenDictionary();

    public static string ReasonOf(int status) => Reasons.GetValueOrDefault(status, status < 200 ? "Progress" : status < 300 ? "OK"
        : status < 400 ? "Redirect" : "Error");

    /// <summary>Vias, From, To, Call-ID and CSeq of the request; To gets <paramref name="tag"/> if it has none; Timestamp comes back in a
    /// 100.</summary>
    public static SipResponse To(SipRequest request, int status, string? reason = null, string? tag = null)
    {
        var lines = ImmutableArray.CreateBuilder<SipHeader>(16);
        Copy(HeaderNames.Via);
        if (status == 100) Copy("Timestamp");
        Copy(HeaderNames.From);
        if (tag is not null && request.To.Tag is null) lines.Add(new SipHeader(HeaderNames.To, request.To.WithTag(tag).ToString()));
        else Copy(HeaderNames.To);
        Copy(HeaderNames.CallId);
        Copy(HeaderNames.CSeq);
        return new(status, reason ?? ReasonOf(status), new SipHeaders(lines.ToImmutable()), default);

        // The bytes as they came.
        void Copy(string name)
        {
            foreach (var header in request.Headers.Lines)
            {
                if (header.Is(name)) lines.Add(header);
            }
        }
    }

    public static SipResponse WithHeader(this SipResponse response, string name, string value) =>
        response.WithHeaders(response.Headers.With(name, value));

    public static SipResponse WithHeaders(this SipResponse response, IEnumerable<SipHeader>? more) =>
        more is null ? response : response.WithHeaders(response.Headers.With(more));

    /// <summary>The response with a body of that type.</summary>
    public static SipResponse WithBody(this SipResponse response, string contentType, ReadOnlyMemory<byte> body) =>
        new(response.Status, response.Reason, response.Headers.Set(HeaderNames.ContentType, contentType), body);

    public static SipRequest WithBody(this SipRequest request, string contentType, ReadOnlyMemory<byte> body) =>
        new(request.Method, request.Uri, request.Headers.Set(HeaderNames.ContentType, contentType), body);
}
