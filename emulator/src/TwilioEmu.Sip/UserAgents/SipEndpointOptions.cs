using System.Collections.Immutable;
using TwilioEmu.Sip.Dialogs;
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

    /// <summary>User-Agent of our requests; null writes none.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Server of our responses; null writes none.</summary>
    public string? Server { get; init; }

    /// <summary>What stands behind the <c>@</c> of Call-IDs; null for none.</summary>
    public string? CallIdHost { get; init; }

    public TransactionTimers Timers { get; init; } = TransactionTimers.Default;

    /// <summary>Beyond it new requests are refused with 503 without being remembered.</summary>
    /// <remarks>A call that is hung up leaves two for 32 s: so many are 1,500 calls a second.</remarks>
    public int MaxTransactions { get; init; } = 100_000;

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

    /// <summary>What Allow tells peers that they may send; by default all that is taken.</summary>
    public ImmutableArray<string>? Allow { get; init; }

    /// <summary>False does not tell peers that we can PRACK: what requires it is done all the same (RFC 3262).</summary>
    public bool OffersReliableProvisionals { get; init; } = true;

    /// <summary>Body types an INVITE may carry.</summary>
    public ImmutableArray<string> Accepts { get; init; } = ["application/sdp"];

    internal string AllowLine => _allowLine ??= string.Join(", ", Allow ?? Methods);

    internal string SupportedLine =>
        OffersReliableProvisionals ? $"{ReliableProvisionals.OptionTag}, {SessionTimer.OptionTag}" : SessionTimer.OptionTag;

    private string? _allowLine;
}
