using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Products.Proxy;

/// <summary>Entries of masked sessions.</summary>
public static class ProxyEntries
{
    public static readonly EntryKind Bound = new(
        "proxy_session.bound", "a person and a number belong to a session", "identifier", "proxy_identifier", "session_sid",
        "participant_sid");

    public static readonly EntryKind Passed = new(
        "proxy_session.passed", "a text or call was passed on under the other's number", "interaction_sid", "type", "from", "to", "shown");

    public static readonly EntryKind Kept = new(
        "proxy_session.kept", "a text or call was not passed on", "type", "from", "to", "code", "why");

    public static readonly EntryKind Followed = new(
        "proxy_session.followed", "news of what was passed on", "interaction_sid", "session_sid", "service_sid");

    public static IReadOnlyList<EntryKind> All { get; } = [Bound, Passed, Kept, Followed];
}
