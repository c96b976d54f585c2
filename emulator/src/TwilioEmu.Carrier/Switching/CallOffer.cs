using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Carrier.Switching;

/// <summary>A call as a line is asked to take it, or as a line brings it.</summary>
/// <param name="Account">Whose call it is; <see cref="AccountSid.None"/> when a phone dials.</param>
/// <param name="Subject">The CallSid, or empty when a phone dials.</param>
/// <param name="From">Caller as shown to the callee.</param>
/// <param name="To">Callee.</param>
/// <param name="Cause">Seq of the entry it follows from.</param>
public sealed record CallOffer(AccountSid Account, string Subject, PartyAddress From, PartyAddress To, long Cause)
{
    /// <summary>SIP headers to be sent, or that came; in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Custom parameters of a call to or from an app's own phone (<c>&lt;Parameter&gt;</c>, <c>device.connect</c>).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>The caller's name as shown; null for none.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Why the callee is called, for a display that shows it (<see cref="CallReasons"/>); null for nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>What the carriers on its way say of it.</summary>
    public CarrierMarks Marks { get; init; } = CarrierMarks.None;

    /// <summary>True where whoever dials listens for who answers: a person then says hello into the silent line.</summary>
    public bool AwaitsGreeting { get; init; }

    /// <summary>How it came about.</summary>
    public OfferKind Kind { get; init; }

    /// <summary>What the call is to show as its callee; null for <see cref="To"/>.</summary>
    public string? ShownTo { get; init; }

    /// <summary>The SIP domain or trunk it came in by; null for none.</summary>
    public string? Domain { get; init; }

    /// <summary>The host a SIP callee is shown the caller at; null for the line's own.</summary>
    public string? CallerHost { get; init; }

    /// <summary>True where a SIP callee is to be reached over TLS with SRTP alone.</summary>
    public bool IsSecure { get; init; }

    /// <summary>What answers a SIP callee that asks who calls (401, 407); null for nothing.</summary>
    public SipLogin? Login { get; init; }
}

/// <summary>A name and a password for a SIP callee that asks for them.</summary>
public sealed record SipLogin(string Username, string Password)
{
    public override string ToString() => $"login of {Username}";
}

/// <summary>How a call came about.</summary>
public enum OfferKind
{
    Direct,

    /// <summary>A party was sent on (REFER).</summary>
    Refer,

    /// <summary>By an elastic SIP trunk.</summary>
    Trunk,
}
