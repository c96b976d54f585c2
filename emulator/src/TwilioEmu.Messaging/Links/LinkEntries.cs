using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Messaging.Links;

/// <summary>What short links write into the journal.</summary>
public static class LinkEntries
{
    public static readonly EntryKind Shortened = new(
        "link.shortened", "a link in a message got a short one in its stead", "code", "message_sid", "link", "shortened_link",
        "link_create_time");

    public static readonly EntryKind Clicked = new(
        "link.clicked", "somebody followed a short link", "message_sid", "to", "link", "shortened_link", "user_agent");

    public static IReadOnlyList<EntryKind> All { get; } = [Shortened, Clicked];
}
