using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Products.Proxy;

/// <summary>Entries of masked sessions.</summary>
public static class ProxyEntries
{
    public static readonly EntryKind Bound = new("proxy_session.bound", "a person and a number belong to a session", "identifier", "proxy_identifier", "session_sid", "participant_sid");

    public static readonly EntryKind Passed = new("proxy_session.passed", "a text or call was passed on under the other's number", "interaction_sid", "type", "from", "to", "shown");

    public static readonly EntryKind Kept = new("proxy_session.kept", "a text or call was not passed on", "type", "from", "to", "code", "why");

    public static readonly EntryKind Followed = new("proxy_session.followed", "news of what was passed on", "interaction_sid", "session_sid", "service_sid");

    public static IReadOnlyList<EntryKind> All { get; } = [Bound, Passed, Kept, Followed];

    /// <summary>Changes of stored resources, which the API's own kinds tell of.</summary>
    internal static EntryKind NumberUpdated { get; } = new(
        "phone_number.updated", "a number of a pool changed",
        "sid", "account_sid", "service_sid", "date_created", "date_updated", "phone_number", "friendly_name", "iso_country", "capabilities", "url", "is_reserved", "in_use");

    internal static EntryKind SessionUpdated { get; } = new(
        "session.updated", "a session changed",
        "sid", "service_sid", "account_sid", "date_started", "date_ended", "date_last_interaction", "date_expiry", "unique_name", "status", "closed_reason", "ttl", "mode", "date_created", "date_updated",
        "url", "links");

    internal static EntryKind ParticipantUpdated { get; } = new(
        "participant.updated", "a participant of a session changed",
        "sid", "session_sid", "service_sid", "account_sid", "friendly_name", "identifier", "proxy_identifier", "proxy_identifier_sid", "date_deleted", "date_created", "date_updated", "url", "links");

    internal static EntryKind InteractionUpdated { get; } = new(
        "interaction.updated", "an interaction changed",
        "sid", "session_sid", "service_sid", "account_sid", "data", "type", "inbound_participant_sid", "inbound_resource_sid", "inbound_resource_status", "inbound_resource_type", "inbound_resource_url",
        "outbound_participant_sid", "outbound_resource_sid", "outbound_resource_status", "outbound_resource_type", "outbound_resource_url", "date_created", "date_updated", "url");
}
