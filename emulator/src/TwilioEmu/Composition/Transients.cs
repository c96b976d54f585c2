namespace TwilioEmu.Composition;

/// <summary>What lives only as long as the process, whatever <c>--data</c> keeps: told at every start that goes on from a file, so that nobody is surprised.</summary>
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
    ];
}
