using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>Takes the texts that come to emulator numbers and channel senders, and tells the app of them.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class Inbox(World world, InboundAddressees addressees, InboundRecords records, KeywordDesk keywords, ILetterbox letterbox, ReplySender replies) : IInboundTexts
{
    private readonly InboundPace _pace = new(world.Clock);

    /// <summary>Asked of each text, with the seq of its entry: true where a product takes it, so that no app is told.</summary>
    public required Func<Message, long, bool> IsTaken { get; init; }

    /// <inheritdoc/>
    public string? Receive(TextMessage text) => addressees.Of(text) is { } addressee ? Take(text, addressee) : null;

    private string Take(TextMessage text, Addressee addressee)
    {
        var inbound = records.Make(text, addressee);
        var received = world.Store.Put(Message.Table, inbound.Account, inbound, MessageStatus.Received.Kind(), text.Cause);
        addressees.Touch(addressee, text, received.Seq);
        var optOutType = keywords.Take(inbound, addressee.Number, addressee.Service, received.Seq);
        if (IsTaken(inbound, received.Seq)) return inbound.Sid;
        if (addressees.RouteOf(addressee) is not { Url.Length: > 0 } route)
        {
            world.Journal.Warn(inbound.Account, inbound.Sid, received.Seq, addressee.Silence);
            return inbound.Sid;
        }
        string UrlOf(MediaItem item) => records.UrlOf(inbound, item);
        var parameters = addressee.Sender is null ? InboundParameters.Of(inbound, optOutType, UrlOf) : ChannelParameters.Of(inbound, text, optOutType, UrlOf);
        var conversation = new ReplyConversation(world, letterbox, replies, route, inbound, parameters);
        var wait = _pace.Take(text.To);
        world.Loop.Start(async () =>
        {
            if (wait > TimeSpan.Zero) await Task.Delay(wait, world.Clock, world.Ending);
            await conversation.RunAsync(received.Seq, world.Ending);
        });
        return inbound.Sid;
    }
}
