using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Messaging;

namespace TwilioEmu.Products.Events;

/// <summary>Event Streams of one world: what happens to messages is told to the webhook sinks that are subscribed to it.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/events. Sinks and subscriptions are the generic stored resources, with rules over them. Attached before
/// whoever takes texts for itself, so that it hears of them all.
/// </remarks>
/// <param name="messaging">Tells of messages.</param>
public sealed class EventsProduct(MessagingProduct messaging) : IProduct
{
    private const string Document = "events_v1";

    private EventDelivery? _delivery;

    /// <summary>Events that may wait for their sinks.</summary>
    public int MaxWaiting { get; init; } = 20_000;

    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        var book = new EventBook(floor.Documents);
        var notices = new SinkNotices(floor.World);
        var delivery = _delivery = new EventDelivery(floor.World, floor.Letterbox, book, notices) { MaxWaiting = MaxWaiting };
        var feed = new MessageFeed(floor.World, book, delivery);
        messaging.Changed += feed.Hear;
        messaging.Interest(feed);
        var sinks = new SinkOperations(floor.World, book, delivery);
        var subscriptions = new SubscriptionOperations(floor.World, book);
        floor.Hang(sinks.Behaviours.Select(b => ($"{Document}/{b.OperationId}", b.Behaviour)));
        foreach (var (id, overlay) in sinks.Overlays.Concat(subscriptions.Overlays)) floor.Door.Over($"{Document}/{id}", overlay);
    }

    /// <inheritdoc/>
    public void Resume() => _delivery?.Resume();
}
