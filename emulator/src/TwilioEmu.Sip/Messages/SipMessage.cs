using System.Text;

namespace TwilioEmu.Sip.Messages;

/// <summary>A request or response: start line, headers in order, body. Immutable.</summary>
/// <remarks>RFC 3261 §7. Headers and body may be slices of the datagram: the message keeps that alive.</remarks>
public abstract class SipMessage(SipHeaders headers, ReadOnlyMemory<byte> body)
{
    private SipIdentity? _identity;

    public SipHeaders Headers { get; } = headers;

    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>What every message must have to be put in its transaction and dialog.</summary>
    /// <exception cref="InvalidOperationException">A message made by us lacks one of them; one that the parser let pass has
    /// them.</exception>
    public SipIdentity Identity => _identity ??= SipIdentity.TryRead(Headers, out var identity, out var missing)
        ? identity : throw new InvalidOperationException($"a SIP message lacks a readable {missing}");

    public Via TopVia => Identity.TopVia;

    public NameAddr From => Identity.From;

    public NameAddr To => Identity.To;

    public string CallId => Identity.CallId;

    public CSeq CSeq => Identity.CSeq;

    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The media type of the body in lower case without parameters; null without body.</summary>
    public string? ContentType => Body.IsEmpty || Headers[HeaderNames.ContentType] is not { } type ? null : type.Split(';')[0].Trim()
        .ToLowerInvariant();

    internal bool TryReadIdentity(out string missing)
    {
        if (!SipIdentity.TryRead(Headers, out var identity, out missing)) return false;
        _identity = identity;
        return true;
    }

    /// <summary>The same message with other headers; what was read of the old ones is forgotten.</summary>
    public abstract SipMessage WithHeaders(SipHeaders headers);
}

/// <summary>A request. <see cref="Uri"/> is the Request-URI.</summary>
public sealed class SipRequest(string method, SipUri uri, SipHeaders headers, ReadOnlyMemory<byte> body) : SipMessage(headers, body)
{
    public string Method { get; } = method;

    public SipUri Uri { get; } = uri;

    public override SipRequest WithHeaders(SipHeaders headers) => new(Method, Uri, headers, Body);

    public override string ToString() => $"{Method} {Uri}";
}

/// <summary>A response.</summary>
public sealed class SipResponse(int status, string reason, SipHeaders headers, ReadOnlyMemory<byte> body) : SipMessage(headers, body)
{
    public int Status { get; } = status;

    public string Reason { get; } = reason;

    public bool IsProvisional => Status < 200;

    public bool IsSuccess => Status is >= 200 and < 300;

    public bool IsFinal => Status >= 200;

    public override SipResponse WithHeaders(SipHeaders headers) => new(Status, Reason, headers, Body);

    public override string ToString() => $"{Status} {Reason}";
}
