using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Voice.Conferences;

/// <summary>Conferences, and who is in them: one entry for each change of a member.</summary>
public static class ConferenceEntries
{
    private static readonly string[] Record = ["friendly_name", "status", "reason", "call_sid"];
    private static readonly string[] Member =
    [
        "conference", "conference_sid", "label", "moderator", "muted", "hold", "coaching", "reason", "size", "jitter_buffer",
    ];

    public static readonly EntryKind Created = new("conference.created", "a conference was made: by its first member, or by REST", Record);
    public static readonly EntryKind Started = new("conference.started", "its members can talk", Record);
    public static readonly EntryKind Ended = new("conference.ended", "a conference is over", Record);
    public static readonly EntryKind Joined = new("call.joined_conference", "a call came into a conference", Member);
    public static readonly EntryKind Changed = new(
        "call.changed_in_conference", "a member was muted, held, made a coach, or changed otherwise", Member);
    public static readonly EntryKind Left = new("call.left_conference", "a call is out of its conference", Member);

    public static IReadOnlyList<EntryKind> All { get; } = [Created, Started, Ended, Joined, Changed, Left];
}
