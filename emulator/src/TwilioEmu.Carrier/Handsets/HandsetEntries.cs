using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>What phones do and what is done to them.</summary>
public static class HandsetEntries
{
    public static readonly EntryKind Configured = new("handset.configured", "a phone was told how to behave", "pick_up", "texts");
    public static readonly EntryKind Texted = new("handset.texted", "a phone sent a text", "to", "body", "media_urls", "act");
    public static readonly EntryKind Received = new(
        "handset.received", "a text arrived at a phone", "message_sid", "from", "to", "body", "media_urls", "content");
    public static readonly EntryKind Read = new(
        "handset.read", "a phone's owner read a text on a channel with read receipts", "message_sid", "from");
    public static readonly EntryKind Dialled = new(
        "handset.dialled", "a phone placed a call", "to", "parameters", "forwarded_from", "stir_verstat");
    public static readonly EntryKind Ringing = new("handset.ringing", "a phone rings", "call_sid", "from", "parameters", "call_reason");
    public static readonly EntryKind Answered = new("handset.answered", "a phone was picked up", "call_sid", "from");
    public static readonly EntryKind Held = new("handset.held", "a phone's owner put a call on hold", "call_sid");
    public static readonly EntryKind Resumed = new("handset.resumed", "a phone's owner took a call off hold", "call_sid");
    public static readonly EntryKind Transferring = new(
        "handset.transferring", "a phone's owner asks for the other side to be connected with somebody else", "call_sid", "to");
    public static readonly EntryKind Transferred = new(
        "handset.transferred", "a phone's owner was told how that went", "call_sid", "to", "status");
    public static readonly EntryKind Forgotten = new(
        "handset.forgotten", "phones without behaviour that nothing happened to for long were forgotten", "count", "kept");
    public static readonly EntryKind Trimmed = new(
        "handset.trimmed", "what all phones remember of texts, sounds and codes has filled its room: the oldest of it was forgotten",
        "count", "room");
    public static readonly EntryKind ScriptFailed = new(
        "handset.script_failed", "a phone's script waited in vain for what it was to hear",
        "call_sid", "step", "wanted", "within", "heard");
    public static readonly EntryKind ScriptCutShort = new(
        "handset.script_cut_short", "the call was over before a phone's script was through",
        "call_sid", "step", "wanted", "number", "of", "heard", "end");
    public static readonly EntryKind SoundUnreadable = new(
        "handset.sound_unreadable", "a sound file that a phone was to play could not be read", "call_sid", "file", "why", "stand_in");

    public static IReadOnlyList<EntryKind> All { get; } =
    [
        Configured, Texted, Received, Read, Dialled, Ringing, Answered, Held, Resumed, Transferring, Transferred, Forgotten, Trimmed,
        ScriptFailed, ScriptCutShort, SoundUnreadable,
    ];
}
