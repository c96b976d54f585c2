using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Sending;

namespace TwilioEmu.Messaging.Services;

/// <summary>Chooses the sender of a message that names a service.</summary>
/// <remarks>
/// The sender the recipient knows, where the service is sticky; else the next in turn
/// of the senders for the destination (<see cref="SenderTiers"/>). Loop-confined.
/// </remarks>
internal sealed class SenderChoice(World world, ServiceBook services, SenderBook senders, Outbox outbox)
{
    /// <summary>The one of the pool that the message names, or else one that is chosen.</summary>
    /// <inheritdoc cref="Choose"/>
    public (Sender? Sender, int ErrorCode) Of(MessagingService service, Message message, string? channel, int segmentCount, long cause) =>
        message.From.Length > 0
            ? (Named(service, message), DeliveryErrors.NoSender)
            : Choose(service, message, channel, segmentCount, cause);

    private Sender? Named(MessagingService service, Message message) =>
        services.PoolOf(service.Account, service.Sid).At(message.From) is { } named ? Of(service, named, message) : null;

    /// <summary>The sender, or Twilio's code for why there is none.</summary>
    /// <param name="service">Whose pool.</param>
    /// <param name="message">What is to be sent.</param>
    /// <param name="channel">On which channel; null for SMS.</param>
    /// <param name="segmentCount">What it weighs.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    private (Sender? Sender, int ErrorCode) Choose(MessagingService service, Message message, string? channel, int segmentCount, long cause)
    {
        var pool = services.PoolOf(service.Account, service.Sid);
        if (pool.Count == 0) return (null, DeliveryErrors.EmptyPool);
        // Whoever falls back from RCS may have been named.
        if (channel is null && message.Extras.FallbackFrom is { } fallback)
        {
            var named = AlphanumericName.IsValid(fallback)
                ? SenderBook.Alphanumeric(fallback)
                : senders.Find(service.Account, fallback, message.To, message.Extras.IsMms);
            return named is null ? (null, DeliveryErrors.NoSender) : (named, 0);
        }
        var hasMedia = message.Extras.IsMms;
        var sticky = world.Store.Table(StickySender.Table, service.Account);
        if (service.IsSticky && sticky.Find(StickySender.KeyOf(service.Sid, message.To)) is { } known && pool.At(known.From) is { } familiar
            && ChannelAddress.ChannelOf(known.From) == channel)
        {
            return Of(service, familiar, message) is { } same ? (same, 0) : (null, DeliveryErrors.NoSender);
        }
        var area = service.MatchesAreaCode ? PoolSender.AreaCodeOf(message.To) : null;
        var turns = channel is null
            ? pool.TurnsFor(NumberPlace.Of(message.To).Country, area, hasMedia && !service.ConvertsMedia)
            : pool.TurnsOn(channel);
        if (turns.IsEmpty) return (null, DeliveryErrors.NoSender);
        var chosen = turns.Take(s => Of(service, s, message) is { } candidate && outbox.HasRoom(service.Account, candidate, segmentCount));
        if (Of(service, chosen, message) is not { } sender) return (null, DeliveryErrors.NoSender);
        if (service.IsSticky)
        {
            world.Store.Put(
                StickySender.Table, service.Account, new StickySender(service.Sid, message.To, chosen.Address), ServiceEntries.SenderStuck,
                cause);
        }
        return (sender, 0);
    }

    private Sender? Of(MessagingService service, PoolSender sender, Message message) => sender.Kind switch
    {
        PoolKind.Alphanumeric => SenderBook.Alphanumeric(sender.Address),
        _ => senders.Find(service.Account, sender.Address, message.To, message.Extras.IsMms),
    };
}
