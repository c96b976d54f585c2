using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Messaging.Services;

/// <summary>Chooses the channel of a message that a service sends.</summary>
/// <remarks>
/// twilio.com/docs/rcs/send-an-rcs-message: a service with an RCS sender tries RCS first, having asked whether the
/// phone is reached that way, and sends by SMS where it is not. WhatsApp goes to its own addresses only. Loop-confined.
/// </remarks>
internal sealed class ChannelChoice(World world, ServiceBook services, ChannelSenderBook senders, Exchange exchange)
{
    /// <summary>The channel; null for SMS.</summary>
    /// <param name="message">Accepted, its sender still open.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    public string? Of(Message message, long cause)
    {
        if (ChannelAddress.ChannelOf(message.From) is { } named) return named;
        if (ChannelAddress.ChannelOf(message.To) is { } wanted) return wanted;
        if (message.From.Length > 0 || !HasRcs(message)) return null;
        if (exchange.MessageLine(message.To).IsOn(ChannelAddress.Rcs)) return ChannelAddress.Rcs;
        world.Journal.Write(
            message.Account, ChannelEntries.FellBack, message.Sid, cause, ("message_sid", message.Sid), ("channel", ChannelAddress.Rcs),
            ("to", message.To));
        return null;
    }

    private bool HasRcs(Message message)
    {
        foreach (var sender in services.PoolOf(message.Account, message.Extras.MessagingServiceSid!).Senders)
        {
            if (sender.Kind == PoolKind.Channel && ChannelAddress.ChannelOf(sender.Address) == ChannelAddress.Rcs
                && senders.Find(message.Account, sender.Address) is { IsOnline: true })
            {
                return true;
            }
        }
        return false;
    }
}
