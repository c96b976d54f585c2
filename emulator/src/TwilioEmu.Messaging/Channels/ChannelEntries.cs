using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Messaging.Channels;

/// <summary>What WhatsApp and RCS write into the journal beside the changes of messages.</summary>
public static class ChannelEntries
{
    private static readonly string[] Session = ["sender", "person", "open_until", "joined_until"];

    public static readonly EntryKind Opened = new(
        "channel.session_opened", "a person wrote on a channel: the app may write freely for a while", Session);
    public static readonly EntryKind Joined = new("channel.sandbox_joined", "a phone joined a sandbox", Session);
    public static readonly EntryKind Left = new("channel.sandbox_left", "a phone left a sandbox", Session);
    public static readonly EntryKind NumberKnown = new(
        "channel.number_known", "the app wrote to a person by the number that their user name hides, and is shown it from now on", Session);
    public static readonly EntryKind Answered = new(
        "channel.sandbox_answered", "a sandbox answered a phone by itself", "to", "from", "body");
    public static readonly EntryKind SandboxMade = new("channel.sandbox_made", "a WhatsApp sender became a sandbox", "sender_sid", "join");
    public static readonly EntryKind CodeSent = new(
        "channel.code_sent", "a number that is to be a WhatsApp sender was texted a code", "sender_sid", "code");
    public static readonly EntryKind Typing = new(
        "channel.typing", "the app shows a person that it is writing", "message_sid", "to", "from");
    public static readonly EntryKind FellBack = new(
        "channel.fell_back", "a phone cannot be reached on a channel; its message goes by SMS", "message_sid", "channel", "to");

    public static IReadOnlyList<EntryKind> All { get; } =
        [Opened, Joined, Left, NumberKnown, Answered, SandboxMade, CodeSent, Typing, FellBack];
}
