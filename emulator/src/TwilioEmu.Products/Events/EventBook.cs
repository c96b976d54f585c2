using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Events;

/// <summary>Sinks, what they are subscribed to, and the types there are, among the stored resources.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class EventBook(StoredDocuments stored)
{
    private readonly StoredCollection _sinks = stored.Of("events_v1", "/v1/Sinks");
    private readonly StoredCollection _subscriptions = stored.Of("events_v1", "/v1/Subscriptions");
    private readonly StoredCollection _subscribed = stored.Of("events_v1", "/v1/Subscriptions/{SubscriptionSid}/SubscribedEvents");
    private readonly StoredCollection _types = stored.Of("events_v1", "/v1/Types");
    private readonly StoredCollection _schemas = stored.Of("events_v1", "/v1/Schemas");

    public StoredList Sinks(AccountSid account) => _sinks.In(account);

    public StoredList Subscriptions(AccountSid account) => _subscriptions.In(account);

    public StoredList Subscribed(AccountSid account, string subscription) => _subscribed.In(account, subscription);

    /// <summary>What <c>/v1/Types</c> says of a type, or null: there is none of that name.</summary>
    public Document? Type(AccountSid account, string type) => _types.In(account).FindOrBuiltIn(type);

    /// <summary>True where a subscription has the sink: it may have one.</summary>
    public bool IsInUse(AccountSid account, string sink) => SinksInUse(account).Contains(sink);

    /// <summary>The sinks that subscriptions have.</summary>
    public HashSet<string> SinksInUse(AccountSid account) =>
        [.. _subscriptions.In(account).OldestFirst().Select(s => s["sink_sid"]).OfType<string>()];

    /// <summary>The sinks that are told of a type, each with the version of the schema it asked for.</summary>
    public IReadOnlyList<(Document Sink, string SchemaVersion)> ReceiversOf(AccountSid account, string type)
    {
        var subscriptions = _subscriptions.In(account);
        if (subscriptions.Count == 0) return [];
        var receivers = new List<(Document, string)>();
        foreach (var subscription in subscriptions.OldestFirst())
        {
            if (Subscribed(account, subscription.Key).Find(type) is not { } wanted) continue;
            if (Sinks(account).Find(subscription["sink_sid"] ?? "") is not { } sink) continue;
            receivers.Add((sink, wanted["schema_version"] is { Length: > 0 } version ? version : $"{LatestVersionOf(account, type)}"));
        }
        return receivers;
    }

    /// <summary>The type's newest schema.</summary>
    public int LatestVersionOf(AccountSid account, string type) =>
        Type(account, type)?["schema_id"] is { } schema && _schemas.In(account).FindOrBuiltIn(schema)?["latest_version"] is { } latest
            && int.TryParse(latest, out var version)
            ? version
            : 1;
}
