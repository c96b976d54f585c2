using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Content;
using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Messaging.Services;

/// <summary>Makes a message's words of its template, when it is known on which channel it goes.</summary>
/// <remarks>Loop-confined: it mints the SIDs of media.</remarks>
internal sealed class ContentRendering(World world, TemplateBook templates)
{
    /// <summary>The message with its words; or Twilio's code for why there are none.</summary>
    /// <param name="message">Made of a template, or written, and then as it is.</param>
    /// <param name="channel">Null for SMS.</param>
    public (Message Message, int ErrorCode) Render(Message message, string? channel)
    {
        if (message.Extras.Content is not { } order) return (message, 0);
        if (templates.Find(message.Account, order.Sid) is not { } template) return (message, DeliveryErrors.NoTemplate);
        if (template.Render(order, channel, MediaRoutes.IsThere(ChannelAddress.Bare(message.To))) is not { } content)
        {
            return (message, DeliveryErrors.NotShown);
        }
        if (content.Body.Length > MessageLimits.MaxBody) return (message, DeliveryErrors.TooLong);
        return (message with
        {
            Body = content.Body,
            Extras = message.Extras with
            {
                Shown = content.Shown,
                Media = [.. content.MediaUrls.Select(url => new MediaItem(world.Sids.New("ME"), url, MediaItem.TypeOf(url)))],
            },
        }, 0);
    }
}
