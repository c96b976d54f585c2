using System.Collections.Immutable;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transactions;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>What an endpoint is told at its beginning.</summary>
public sealed record SipEndpointOptions
{
    /// <summary>Where peers reach us by that transport: written into Via and Contact.</summary>
    public required Func<SipTransport, HostPort> AddressOf { get; init; }

    /// <summary>Fills the span. Tags and branches must be hard to guess on a real wire; a seeded source makes a world repeat
    /// itself.</summary>
    public required Action<Span<byte>> Random { get; init; }

    /// <summary>Server and User-Agent headers; null writes none.</summary>
    public string? Product { get; init; }

    public TransactionTimers Timers { get; init; } = TransactionTimers.Default;

    /// <summary>Beyond it new requests are refused with 503 without being remembered.</summary>
    public int MaxTransactions { get; init; } = 20_000;

    /// <summary>Beyond it new calls are refused with 503.</summary>
    public int MaxCalls { get; init; } = 5_000;

    /// <summary>Session timer asked for in our INVITEs and 2xx (RFC 4028); null for none of our own. Twilio's is 1800 s.</summary>
    public TimeSpan? SessionInterval { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary>How long an incoming call may ring before it is refused with 480; a peer's INVITE never stays for ever.</summary>
    public TimeSpan LongestRinging { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>OPTIONS outside of a dialog are answered by the endpoint itself; false hands them to the host.</summary>
    public bool AnswersOptions { get; init; } = true;

    /// <summary>Methods a request outside of a dialog may have, told in Allow.</summary>
    public ImmutableArray<string> Methods { get; init; } =
    [
        SipMethods.Invite, SipMethods.Ack, SipMethods.Cancel, SipMethods.Bye, SipMethods.Options, SipMethods.Register, SipMethods.Prack,
            SipMethods.Update, SipMethods.Info,
        SipMethods.Refer, SipMethods.Notify,
    ];

    /// <summary>Body types an INVITE may carry.</summary>
    public ImmutableArray<string> Accepts { get; init; } = ["application/sdp"];
}
