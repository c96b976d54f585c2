using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Messaging.Consent;

/// <summary>What opting out and in writes into the journal.</summary>
public static class ConsentEntries
{
    private static readonly string[] Members = ["scope", "phone", "status", "source", "date_of_consent"];

    public static readonly EntryKind OptedOut = new(
        "consent.opted_out", "a recipient wants no more texts of a sender or service: later sends are refused with 21610", Members);

    public static readonly EntryKind OptedIn = new("consent.opted_in", "a recipient wants texts of a sender or service again", Members);

    public static readonly EntryKind NetworkBlocked = new(
        "consent.network_blocked", "the network of toll-free numbers blocks a number for a recipient: later sends end with 30004", Members);

    public static readonly EntryKind NetworkUnblocked = new(
        "consent.network_unblocked", "the network of toll-free numbers lets a number through to a recipient again", Members);

    public static readonly EntryKind Replied = new(
        "consent.replied", "the service, or the network, answered a keyword by itself, free of charge", "to", "from", "body", "keyword");

    public static readonly EntryKind KeywordsSet = new(
        "consent.keywords_set", "the opt-out keywords and replies of a service were changed", "service_sid", "keywords");

    public static readonly EntryKind KeywordsDropped = new(
        "consent.keywords_dropped", "a service has the usual opt-out keywords again", "service_sid", "keywords");

    public static IReadOnlyList<EntryKind> All { get; } =
    [
        OptedOut, OptedIn, NetworkBlocked, NetworkUnblocked, Replied, KeywordsSet, KeywordsDropped,
    ];
}
