using TwilioEmu.Carrier.Switching;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Registrations;
using TwilioEmu.Messaging.Sending;

namespace TwilioEmu.Messaging.Operations;

/// <summary>What keeps a message from its recipient before any phone sees it: the first that does.</summary>
/// <remarks>Loop-confined; looked at when the message leaves.</remarks>
internal sealed class Bars(
    ConsentBook consents, RegistrationDesk registrations, DailyCaps caps, ChannelBars channels, DestinationRules destinations)
{
    public Bar? Of(Message message)
    {
        if (ChannelAddress.ChannelOf(message.From) is not null)
        {
            return channels.Of(message) is { } code ? new Bar(code, LeavesTwilio: false) : null;
        }
        if (message.Extras.IsMms && !MediaRoutes.IsThere(message.To)) return new Bar(DeliveryErrors.NoMediaThere, LeavesTwilio: false);
        if (registrations.BarOf(message.Account, message.From, message.To) is { } unregistered)
        {
            return new Bar(unregistered, LeavesTwilio: false);
        }
        if (caps.IsReached(message)) return new Bar(DailyCaps.LimitReached, LeavesTwilio: true);
        if (consents.IsBlocked(message.Account, message.From, message.To)) return new Bar(DeliveryErrors.NetworkBlock, LeavesTwilio: true);
        return destinations.IsDeaf(message.To) ? new Bar(DeliveryErrors.Landline, LeavesTwilio: true) : null;
    }
}
