using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>What SIP phones do, and what is done with them.</summary>
public static class SipEntries
{
    public static readonly EntryKind Registered = new(
        "sip.registered", "a SIP phone registered, or refreshed that it is there", "domain", "contact", "flow", "expires_in");
    public static readonly EntryKind Unregistered = new("sip.unregistered", "a SIP phone took its registration back", "domain", "flow");
    public static readonly EntryKind Refused = new(
        "sip.refused", "a SIP request was refused", "method", "to", "from", "source", "status", "error", "why");
    public static readonly EntryKind Offered = new("sip.offered", "a SIP phone calls", "call_sid", "to", "from", "source", "sip_call_id");
    public static readonly EntryKind Placed = new("sip.placed", "a SIP phone is called", "call_sid", "from", "targets");
    public static readonly EntryKind Rerouted = new(
        "sip.rerouted", "an address of a name that is called failed, and the next one is tried", "call_sid", "failed", "status", "next");
    public static readonly EntryKind Connected = new(
        "sip.connected", "sound goes both ways with a SIP phone", "call_sid", "codec", "remote", "is_held", "is_secure");
    public static readonly EntryKind Sounded = new(
        "sip.sounded", "the sound of a SIP call is over, with what was measured of it", "call_sid", "sent", "received", "lost",
        "duplicates", "jitter_ms", "dropped");

    public static readonly EntryKind Joined = new(
        "sip.joined", "a phone of the carrier's left the two it talked to to each other (an attended transfer)", "call_sid",
        "other_call_sid");

    public static IReadOnlyList<EntryKind> All { get; } =
        [Registered, Unregistered, Refused, Offered, Placed, Rerouted, Connected, Sounded, Joined];
}
