using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Voice.Sound;

/// <summary>What is heard and said on a call, and who hears whom.</summary>
public static class TranscriptEntries
{
    public static readonly EntryKind Heard = new("call.heard", "a party hears words, keys or sound", "who", "kind", "words", "duration");
    public static readonly EntryKind Said = new("call.said", "a party says words", "who", "kind", "words", "duration");
    public static readonly EntryKind Pressed = new("call.pressed", "a party presses a key", "who", "digits");
    public static readonly EntryKind CutShort = new(
        "call.cut_short", "what a party heard ended before it was through", "who", "kind", "words", "heard_for");
    public static readonly EntryKind Gathered = new(
        "call.gathered", "a Gather is over, with what it got", "digits", "speech", "ended_by");
    public static readonly EntryKind Bridged = new("call.bridged", "two legs hear each other", "with", "party");
    public static readonly EntryKind Parted = new("call.parted", "a bridge is over", "with");
    public static readonly EntryKind Held = new("call.held", "a party put the call on hold at its own phone", "who");
    public static readonly EntryKind Resumed = new("call.resumed", "a party took the call off hold", "who");
    public static readonly EntryKind StandInPlayed = new(
        "call.stand_in_played", "a file to be played could not be had; silence of a usual length stands for it",
        "file", "why", "duration");

    public static IReadOnlyList<EntryKind> All { get; } =
    [
        Heard, Said, Pressed, CutShort, Gathered, Bridged, Parted, Held, Resumed, StandInPlayed,
    ];
}
