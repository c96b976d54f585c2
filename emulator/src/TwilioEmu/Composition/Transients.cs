namespace TwilioEmu.Composition;

/// <summary>
/// What lives only as long as the process, whatever <c>--data</c> keeps:
/// told at every start that goes on from a file, so that nobody is surprised.
/// </summary>
internal static class Transients
{
    /// <summary>In the words of docs/data.md.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "calls, conferences and queues that were going on (calls ended as failed)",
        "the sound of recordings", "the bytes of media",
        "what phones have received, sent and heard, and how the control API told them to behave",
        "SIP registrations (phones register again)",
        "read receipts to come on WhatsApp and RCS",
        "webhooks before the restart (they cannot be replayed)",
        "texts and receipts under way over SMPP, and the message_ids that gateways know",
        "that the newest item of a list, or message of a conversation, was removed (its number is given again)",
        "that the debugger was told of an event sink's fault (it is told again)",
        "cookies that apps set; how far a row of replies, or the answers of an app:, had come",
    ];
}
