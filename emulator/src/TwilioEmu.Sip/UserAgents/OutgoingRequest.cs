using TwilioEmu.Sip.Digest;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>What to ask outside of a dialog.</summary>
public sealed record OutgoingRequestTerms(string Method, SipUri Uri, NameAddr From, NameAddr To)
{
    /// <summary>Where it goes first; else where the URI says.</summary>
    public Hop? Hop { get; init; }

    public SipHeaders Headers { get; init; } = SipHeaders.Empty;

    /// <summary>For REGISTER the same through a phone's life, with rising <see cref="Sequence"/> (§10.2); null makes one.</summary>
    public string? CallId { get; init; }

    public uint Sequence { get; init; } = 1;

    public DigestLogin? Login { get; init; }

    public string? ContentType { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }
}

/// <summary>A request of ours outside of any dialog.</summary>
/// <remarks>Challenges are answered; its one final answer is told by <see cref="SipOutput.RequestAnswered"/>.</remarks>
public sealed class OutgoingRequest
{
    /// <summary>A first answer and one to a stale nonce; more is a server that cannot be pleased.</summary>
    internal const int MaxChallenges = 2;

    private readonly SipEndpoint _endpoint;
    private int _challenges;

    internal OutgoingRequest(SipEndpoint endpoint, OutgoingRequestTerms terms) =>
        (_endpoint, Terms, Sequence) = (endpoint, terms, terms.Sequence);

    public OutgoingRequestTerms Terms { get; }

    /// <summary>CSeq of the last that was sent: each answer to a challenge counts.</summary>
    public uint Sequence { get; private set; }

    internal void Begin(DateTimeOffset now)
    {
        var headers = SipHeaders.Empty.With(HeaderNames.MaxForwards, "70")
            .With(HeaderNames.From, Terms.From.WithTag(_endpoint.Tokens.Tag()).ToString())
            .With(HeaderNames.To, Terms.To.ToString()).With(HeaderNames.CallId, Terms.CallId ?? _endpoint.NewCallId())
            .With(HeaderNames.CSeq, new CSeq(Sequence, Terms.Method).ToString()).With(Terms.Headers.Lines);
        var request = new SipRequest(Terms.Method, Terms.Uri, headers, default);
        Send(Terms.ContentType is { } type ? request.WithBody(type, Terms.Body) : request, now);
    }

    private void Send(SipRequest request, DateTimeOffset now)
    {
        if (Terms.Hop is not { } hop && !Hop.TryOf(Terms.Uri, out hop))
        {
            _endpoint.Emit(new SipOutput.RequestAnswered(this, null));
            return;
        }
        _endpoint.Ask(request, hop, new Asked((response, at) => Responded(request, response, at), (_, _) =>
            _endpoint.Emit(new SipOutput.RequestAnswered(this, null))), now);
    }

    private void Responded(SipRequest request, SipResponse response, DateTimeOffset now)
    {
        if (response.IsProvisional) return;
        if (response.Status is 401 or 407 && Terms.Login is { } login && _challenges++ < MaxChallenges
            && DigestClient.TryAnswer(request, response, login, _endpoint.Tokens.Tag, out var headers))
            Send(request.WithHeaders(headers.Set(HeaderNames.CSeq, new CSeq(++Sequence, Terms.Method).ToString())), now);
        else _endpoint.Emit(new SipOutput.RequestAnswered(this, response));
    }
}
