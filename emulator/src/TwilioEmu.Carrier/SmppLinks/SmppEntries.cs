using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>What happens on links to carriers' systems.</summary>
public static class SmppEntries
{
    public static readonly EntryKind Bound = new(
        "smpp.bound", "a session of SMPP stands: a gateway bound to the emulator, or the emulator to an SMSC", "role", "mode",
        "peer", "system_id");
    public static readonly EntryKind Unbound = new("smpp.unbound", "a session of SMPP is over", "role", "mode", "peer", "why");
    public static readonly EntryKind Refused = new(
        "smpp.refused", "a bind was refused, by the emulator or by an SMSC", "role", "peer", "status");
    public static readonly EntryKind Unreachable = new("smpp.unreachable", "an SMSC could not be reached", "peer", "why", "again_in");
    public static readonly EntryKind Submitted = new(
        "smpp.submitted", "a text came over a link", "message_id", "from", "to", "body", "parts");
    public static readonly EntryKind Rejected = new(
        "smpp.rejected", "what came over a link was refused", "command", "status", "from", "to", "why");
    public static readonly EntryKind Sent = new(
        "smpp.sent", "a text of an app went over a link, and was taken", "message_sid", "message_ids", "to", "parts");
    public static readonly EntryKind NotTaken = new(
        "smpp.not_taken", "a text of an app was not taken at the other end of a link", "message_sid", "to", "status", "error");
    public static readonly EntryKind Receipt = new(
        "smpp.receipt", "a receipt came over a link", "message_sid", "message_id", "state", "err");
    public static readonly EntryKind Unmatched = new(
        "smpp.receipt_unmatched", "a receipt came over a link that names no text that waits for one: not yet, no more, or in other "
            + "digits, which `cure` says then", "message_id", "state", "cure");
    public static readonly EntryKind Receipted = new(
        "smpp.receipted", "a gateway is told what became of a text of its own", "message_id", "state", "err");
    public static readonly EntryKind Incomplete = new(
        "smpp.incomplete", "a long text never became whole, and was given up", "from", "to", "came", "total");

    public static IReadOnlyList<EntryKind> All { get; } =
    [
        Bound, Unbound, Refused, Unreachable, Submitted, Rejected, Sent, NotTaken, Receipt, Unmatched, Receipted,
        Incomplete,
    ];
}
