using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Sending;

namespace TwilioEmu.Messaging.Services;

/// <summary>Chooses the sender of a message that names a service only.</summary>
/// <remarks>The sender the recipient knows, where the service is sticky; else the next in turn of the senders for the destination (<see cref="SenderTiers"/>). Loop-confined.</remarks>
internal sealed class SenderChoice(World world, ServiceBook services, SenderBook senders, Outbox outbox)
{
    /// <summary>The sender, or Twilio's code for why there is none.</summary>
    public (Sender? Sender, int ErrorCode) Choose(MessagingService service, Message message, int segmentCount, long cause)
    {
        var pool = services.PoolOf(service.Account, service.Sid);
        if (pool.Count == 0) return (null, DeliveryErrors.EmptyPool);
        var hasMedia = message.Extras.Media.Count > 0;
        var sticky = world.Store.Table(StickySender.Table, service.Account);
        if (service.IsSticky && sticky.Find(StickySender.KeyOf(service.Sid, message.To)) is { } known && pool.At(known.From) is { } familiar)
        {
            return Of(service, familiar, message) is { } same ? (same, 0) : (null, DeliveryErrors.NoSender);
        }
        var area = service.MatchesAreaCode ? PoolSender.AreaCodeOf(message.To) : null;
        var turns = pool.TurnsFor(NumberPlace.Of(message.To).Country, area, hasMedia && !service.ConvertsMedia);
        if (turns.IsEmpty) return (null, DeliveryErrors.NoSender);
        var chosen = turns.Take(s => Of(service, s, message) is { } candidate && outbox.HasRoom(service.Account, candidate, segmentCount));
        if (Of(service, chosen, message) is not { } sender) return (null, DeliveryErrors.NoSender);
        if (service.IsSticky) world.Store.Put(StickySender.Table, service.Account, new StickySender(service.Sid, message.To, chosen.Address), ServiceEntries.SenderStuck, cause);
        return (sender, 0);
    }

    private Sender? Of(MessagingService service, PoolSender sender, Message message) => sender.Kind switch
    {
        PoolKind.Alphanumeric => SenderBook.Alphanumeric(sender.Address),
        PoolKind.Channel => null,
        _ => senders.Find(service.Account, sender.Address, message.To, message.Extras.Media.Count > 0),
    };
}
