using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Mms;

/// <summary>Gets the media of a message from the app, and lets the message go, or fail, accordingly.</summary>
/// <remarks>
/// twilio.com/docs/messaging/api/media-resource; 11200 for what cannot be had, 12300 for a type that is not carried, 11751 for more than 5 MB. Redirects and credentials as of
/// any request to the app; no signature. Media that were had are served from then on. Loop-confined.
/// </remarks>
internal sealed class MediaFetch(World world, ILetterbox letterbox, MediaShelf shelf, Outbox outbox)
{
    private const int WrongType = 12300;
    private const int TooLarge = 11751;

    /// <summary>Begins to fetch what a message carries.</summary>
    public void Begin(Message message, long cause) => world.Loop.Start(() => RunAsync(message, cause, world.Ending));

    private async Task RunAsync(Message message, long cause, CancellationToken cancellation)
    {
        var items = new List<MediaItem>();
        var total = 0L;
        foreach (var item in message.Extras.Media)
        {
            var answer = await letterbox.SendAsync(
                new WebhookRequest
                {
                    Account = message.Account,
                    SigningToken = null,
                    Url = item.Url,
                    Method = "GET",
                    Parameters = [],
                    Subject = message.Sid,
                    Purpose = "media",
                    Cause = cause,
                },
                cancellation);
            var type = MediaTypes.Bare(answer.ContentType);
            total += answer.Body.Length;
            var error = !answer.IsUsable ? answer.ErrorCode
                : !MediaTypes.IsAccepted(type) ? Raise(message, WrongType, $"Invalid Content-Type: media of type \"{type}\" are not carried", item, answer)
                : total > MediaTypes.MaxTotal ? Raise(message, TooLarge, $"Media exceeds messaging provider size limit: {total} bytes, at most {MediaTypes.MaxTotal}", item, answer)
                : 0;
            if (error != 0)
            {
                outbox.MediaMissing(message, error, answer.Entry);
                return;
            }
            items.Add(item with { ContentType = type, Hash = shelf.Put(answer.Body), ByteCount = answer.Body.Length });
        }
        outbox.MediaHere(message, items, cause);
    }

    private int Raise(Message message, int code, string text, MediaItem item, WebhookAnswer answer)
    {
        new Alert { Code = code, Message = text, Url = item.Url, Method = "GET", Purpose = "media", HttpStatus = answer.Status }.Raise(world.Journal, message.Account, message.Sid, answer.Entry);
        return code;
    }
}
