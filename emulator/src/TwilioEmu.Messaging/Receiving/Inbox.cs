using TwilioEmu.Accounts.Billing;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Mms;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Messaging.Services;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>Takes the texts that come to emulator numbers and channel senders, and tells the app of them.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class Inbox(
    World world, NumberBook numbers, ServiceBook services, InboundRoutes routes, KeywordDesk keywords, InboundChannels channels, MediaShelf shelf, ILetterbox letterbox, Outbox outbox,
    ReplySender replies, IPriceBook prices, Func<Message, MediaItem, string> mediaUrl, Func<Message, long, bool> isTaken)
    : IInboundTexts
{
    private readonly InboundPace _pace = new(world.Clock);
    private readonly TextsUnderway _underway = new(world, "inbound/");

    /// <inheritdoc/>
    public string? Receive(TextMessage text)
    {
        if (ChannelAddress.ChannelOf(text.To) is not null)
        {
            if (channels.Take(text) is not { } sender) return null;
            return Take(text, sender.Account, services.ServiceOf(sender.Account, sender.Address), null, sender);
        }
        var number = numbers.Find(text.To) ?? throw new InvalidOperationException($"{text.To} is attached to the exchange but owned by nobody");
        return Take(text, number.Account, services.ServiceOf(number.Account, number.Number), number, null);
    }

    private string Take(TextMessage text, AccountSid account, MessagingService? service, PhoneNumber? number, ChannelSender? sender)
    {
        var now = world.Clock.GetUtcNow();
        // Of a text with media the number of media (observed: turt2live/matrix-appservice-twilio#14).
        var segmentCount = text.MediaUrls.Count == 0 || sender is not null ? Weight.Of(text.To, text.Body, 0) : text.MediaUrls.Count;
        var inbound = new Message
        {
            Sid = world.Sids.New(text.MediaUrls.Count == 0 ? "SM" : "MM"),
            Account = account,
            From = text.From,
            To = text.To,
            Body = text.Body,
            Direction = MessageDirection.Inbound,
            Status = MessageStatus.Received,
            SegmentCount = segmentCount,
            Created = now,
            Updated = now,
            Sent = now,
            Price = Price.Of(prices.OfMessage(text.From, text.To, isInbound: true, segmentCount, text.MediaUrls.Count)),
            Extras = text.MediaUrls.Count == 0 && service is null
                ? MessageExtras.None
                : new MessageExtras { MessagingServiceSid = service?.Sid, Media = [.. text.MediaUrls.Select(Keep)] },
        };
        var received = world.Store.Put(Message.Table, account, inbound, MessageStatus.Received.Kind(), text.Cause);
        if (sender is not null) channels.Touch(sender, text, received.Seq);
        var optOutType = keywords.Take(inbound, number, service, received.Seq);
        if (isTaken(inbound, received.Seq)) return inbound.Sid;
        var route = sender is null ? routes.Of(number!, service) : InboundRoutes.Of(sender, service);
        if (route is not { Url.Length: > 0 })
        {
            world.Journal.Warn(account, inbound.Sid, received.Seq, sender is null ? InboundRoutes.Silence(number!, service) : InboundRoutes.Silence(sender));
            return inbound.Sid;
        }
        string UrlOf(MediaItem item) => mediaUrl(inbound, item);
        var parameters = sender is null ? InboundParameters.Of(inbound, optOutType, UrlOf) : ChannelParameters.Of(inbound, text, optOutType, UrlOf);
        var telling = new Telling(route, parameters, now + _pace.Take(text.To));
        Tell(_underway.Begin(inbound, received.Seq, part => Telling.Walk(telling, part)), inbound, received.Seq, telling);
        return inbound.Sid;
    }

    /// <summary>Tells the app of what came in before a restart and was not answered to the end; once, when all is attached.</summary>
    public void Resume()
    {
        foreach (var (name, text, cause, telling) in _underway.Resume(static part => Telling.Walk(null, part), static (telling, part) =>
            Telling.Walk(telling, part)))
        {
            _pace.Restore(text.To, telling.At);
            Tell(name, text, cause, telling);
        }
    }

    private void Tell(string name, Message inbound, long cause, Telling telling)
    {
        var conversation = new ReplyConversation(world, letterbox, replies, outbox, telling.Route, inbound,
            telling.Parameters) { Done = () => _underway.End(name) };
        var wait = telling.At - world.Clock.GetUtcNow();
        world.Loop.Start(async () =>
        {
            if (wait > TimeSpan.Zero) await Task.Delay(wait, world.Clock, world.Ending);
            await conversation.RunAsync(cause, world.Ending);
        });
    }

    /// <summary>A picture that is written out in its URL is kept here; any other is where the phone says.</summary>
    private MediaItem Keep(string url)
    {
        var sid = world.Sids.New("ME");
        return DataUrl.Read(url) is var (type, content)
            ? new MediaItem(sid, $"data:{type}", type) { Hash = shelf.Put(content), ByteCount = content.Length }
            : new MediaItem(sid, url, MediaItem.TypeOf(url));
    }

    /// <summary>What an app is to be told of a text, where and when.</summary>
    private sealed record Telling(InboundRoute Route, IReadOnlyList<KeyValuePair<string, string>> Parameters, DateTimeOffset At)
    {
        /// <summary>Along its members, to write them or to read them back.</summary>
        public static Telling Walk(Telling? t, Members m) => new(
            new InboundRoute(
                m.Account("account_sid", t?.Route.Account), m.Text("url", t?.Route.Url), m.Text("method", t?.Route.Method),
                    m.Text("fallback_url", t?.Route.FallbackUrl),
                m.Text("fallback_method", t?.Route.FallbackMethod)),
            m.List("parameters", t?.Parameters, static (p, m) => new KeyValuePair<string, string>(m.Text("name", p.Key), m.Text("value",
                p.Value))),
            m.Instant("at", t?.At));
    }
}
