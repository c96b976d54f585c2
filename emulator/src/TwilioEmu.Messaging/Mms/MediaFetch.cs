using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Mms;

/// <summary>Gets the media of a message from the app, and lets the message go, or fail, accordingly.</summary>
/// <remarks>
/// twilio.com/docs/messaging/api/media-resource, /guides/accepted-mime-types: HEAD, then GET of each (their order inferred). 11200 for what
/// cannot be had, 12300 for a type that is not carried, 11751 for more than 5 MB; on channels 63019, 63021, and 63034 for more than 16 MB.
/// Redirects and credentials as of any request to the app; no signature. Media that were had are served from then on. Loop-confined.
/// </remarks>
internal sealed class MediaFetch(World world, ILetterbox letterbox, MediaShelf shelf, Outbox outbox)
{
    private const int WrongType = 12300;
    private const int TooLarge = 11751;

    // Of channels (twilio.com/docs/api/errors/63019, 63021, 63034).
    private const int NotHad = 63019;
    private const int NotTaken = 63021;
    private const int TooLargeThere = 63034;

    /// <summary>Begins to fetch what a message carries.</summary>
    public void Begin(Message message, long cause) => world.Loop.Start(() => RunAsync(message, cause, world.Ending));

    private async Task RunAsync(Message message, long cause, CancellationToken cancellation)
    {
        var items = new List<MediaItem>();
        var isChannel = ChannelAddress.ChannelOf(message.From) is not null;
        var most = isChannel ? MediaTypes.MaxChannelTotal : MediaTypes.MaxTotal;
        var total = 0L;
        foreach (var item in message.Extras.Media)
        {
            // A picture that a phone brought along and another product passes on is here already.
            if (shelf.Find(item.Hash) is not null)
            {
                total += item.ByteCount;
                items.Add(item);
                continue;
            }
            // An app that does not know HEAD is asked for the file all the same.
            var head = await AskAsync(message, item, "HEAD", cause, cancellation);
            if (ErrorOf(message, item, head, isChannel, isHead: true) is not 0 and var unfit)
            {
                outbox.MediaMissing(message, unfit, head.Entry);
                return;
            }
            var answer = await AskAsync(message, item, "GET", cause, cancellation);
            total += answer.Body.Length;
            var error = ErrorOf(message, item, answer, isChannel, isHead: false);
            if (error == 0 && total > most)
            {
                error = Raise(
                    message, isChannel ? TooLargeThere : TooLarge,
                    $"Media exceeds messaging provider size limit: {total} bytes, at most {most}", item, answer);
            }
            if (error != 0)
            {
                outbox.MediaMissing(message, error, answer.Entry);
                return;
            }
            items.Add(item with
            {
                ContentType = MediaTypes.Bare(answer.ContentType),
                Hash = shelf.Put(answer.Body),
                ByteCount = answer.Body.Length,
            });
        }
        outbox.MediaHere(message, items, cause);
    }

    private Task<WebhookAnswer> AskAsync(
        Message message, MediaItem item, string method, long cause, CancellationToken cancellation) =>
        letterbox.SendAsync(
            new WebhookRequest
            {
                Account = message.Account,
                Url = item.Url,
                Method = method,
                Parameters = [],
                Subject = message.Sid,
                Purpose = WebhookPurpose.Media,
                Cause = cause,
            },
            cancellation);

    /// <summary>Twilio's code for an answer that brings nothing to send; 0 for none.</summary>
    private int ErrorOf(Message message, MediaItem item, WebhookAnswer answer, bool isChannel, bool isHead)
    {
        if (!answer.IsUsable) return !isChannel ? answer.ErrorCode : answer.ErrorCode == TooLarge ? TooLargeThere : NotHad;
        if (isHead && (answer.Status is not (>= 200 and < 300) || answer.ContentType is null)) return 0;
        var type = MediaTypes.Bare(answer.ContentType);
        var why = !MediaTypes.IsAccepted(type, isChannel) ? $"media of type \"{type}\" are not carried"
            : MediaTypes.Contradiction(type, answer.Body.Span) is { } actual ? $"it was called {type}, and {actual} came"
            : null;
        return why is null ? 0 : Raise(message, isChannel ? NotTaken : WrongType, $"Invalid Content-Type: {why}", item, answer);
    }

    private int Raise(Message message, int code, string text, MediaItem item, WebhookAnswer answer)
    {
        new Alert
        {
            Code = code,
            Message = text,
            Url = item.Url,
            Method = "GET",
            Purpose = WebhookPurpose.Media,
            HttpStatus = answer.Status,
        }.Raise(world.Journal, message.Account, message.Sid, answer.Entry);
        return code;
    }
}
