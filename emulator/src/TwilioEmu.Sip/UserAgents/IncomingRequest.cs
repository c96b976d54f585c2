using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transactions;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>A request outside of any dialog that the host answers, once.</summary>
public sealed class IncomingRequest
{
    private readonly SipEndpoint _endpoint;
    private readonly ServerTransaction _transaction;

    internal IncomingRequest(SipEndpoint endpoint, ServerTransaction transaction) =>
        (_endpoint, _transaction, Request) = (endpoint, transaction, transaction.Request);

    public SipRequest Request { get; }

    /// <summary>Where it came from: a registered phone is called back over it.</summary>
    public Hop Source => _transaction.Source;

    public void Respond(int status, DateTimeOffset now, IEnumerable<SipHeader>? headers = null, string? reason = null) =>
        _endpoint.Respond(_transaction, SipResponses.To(Request, status, reason, _endpoint.Tokens.Tag()).WithHeaders(headers), now);
}
