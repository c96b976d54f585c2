using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Links;
using TwilioEmu.Messaging.Sending;

namespace TwilioEmu.Messaging.Services;

/// <summary>
/// What a message of a service becomes once its channel is known: its template's words, short links, media as a link (rendering).
/// </summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class FinalForm(World world, ChannelChoice channels, ContentRendering rendering, LinkDesk links)
{
    private readonly SidMint _links = new(world.KeptChances("media links"));

    /// <summary>
    /// The message as it goes out, on which channel (null for SMS) and with how many segments; or Twilio's code for why it cannot.
    /// </summary>
    public (Message Message, string? Channel, int SegmentCount, int ErrorCode) Of(MessagingService service, Message message, long cause)
    {
        var channel = channels.Of(message, cause);
        (message, var unshown) = rendering.Render(message, channel);
        if (unshown != 0) return (message, channel, 0, unshown);
        if (message.Extras.ShortensLinks)
        {
            if (links.Shorten(message, cause) is not { } shortened) return (message, channel, 0, DeliveryErrors.NoLinkDomain);
            message = message with { Body = shortened };
        }
        var isLink = message.Extras.IsMms && channel is null && service.ConvertsMedia && !MediaRoutes.IsThere(message.To);
        if (isLink) message = AsLink(message, cause);
        return (message, channel, channel is not null ? 1 : Weight.Of(message.From, message.Body, message.Extras.IsMms), 0);
    }

    /// <summary>
    /// Media to where none can go: a link in the text (twilio.com/docs/messaging/services, MMS converter; its form observed: seven
    /// characters). What was only to go as MMS is a text like any (inferred).
    /// </summary>
    private Message AsLink(Message message, long cause)
    {
        if (message.Extras.Media.Count == 0) return message with { Extras = message.Extras with { SendsAsMms = false } };
        var link = links.ToMedia(message, _links.New("MM")[2..9], cause);
        return message with
        {
            Body = message.Body.Length == 0 ? link : $"{message.Body} {link}",
            Extras = message.Extras with { HasMediaAsLink = true },
        };
    }
}
