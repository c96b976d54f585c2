using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>What a gateway sees that a story plays: its own side of a link.</summary>
public static class GatewayEntries
{
    public static readonly EntryKind Answered = new(
        "gateway.answered", "a gateway that a story plays was answered", "command", "status", "message_id", "number");

    public static readonly EntryKind Received = new(
        "gateway.received", "a text reached a gateway that a story plays, all parts of it", "from", "to", "body", "parts", "message_id",
        "status");

    public static readonly EntryKind Receipted = new(
        "gateway.receipted", "a gateway that a story plays was told what became of a text of its own", "message_id", "state", "err", "from",
        "to");

    public static IReadOnlyList<EntryKind> All { get; } = [Answered, Received, Receipted];
}
