using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>Takes the texts that come to emulator numbers and channel senders, and tells the app of them.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class Inbox(
    World world, InboundAddressees addressees, InboundRecords records, KeywordDesk keywords, ILetterbox letterbox,
    ReplySender replies) : IInboundTexts
{
    private readonly InboundPace _pace = new(world.Clock);
    private readonly TextsUnderway _underway = new(world, "inbound/");

    /// <summary>Asked of each text, with the seq of its entry: true where a product takes it, so that no app is told.</summary>
    public required Func<Message, long, bool> IsTaken { get; init; }

    /// <summary>True where another product has the text too (<see cref="ITextInterest.Shares"/>).</summary>
    public required Func<Message, bool> IsShared { get; init; }

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
            if (!IsShared(inbound)) world.Journal.Warn(inbound.Account, inbound.Sid, received.Seq, addressee.Silence);
            return inbound.Sid;
        }
        Tell(text, inbound, addressee, route, optOutType, received.Seq);
        return inbound.Sid;
    }

    // By itself: what a lambda holds is made where its method begins, for all whose app is told nothing.
    private void Tell(TextMessage text, Message inbound, Addressee addressee, InboundRoute route, string? optOutType, long cause)
    {
        string UrlOf(MediaItem item) => records.UrlOf(inbound, item);
        var parameters = addressee.Sender is null
            ? InboundParameters.Of(inbound, optOutType, UrlOf)
            : ChannelParameters.Of(inbound, text, optOutType, UrlOf);
        var telling = new Telling(route, parameters, inbound.Created + _pace.Take(text.To));
        Tell(_underway.Begin(inbound, cause, part => Telling.Walk(telling, part)), inbound, cause, telling);
    }

    /// <summary>Tells the app of what came in before a restart and was not answered to the end; once, when all is attached.</summary>
    public void Resume()
    {
        foreach (var (name, text, cause, telling) in _underway
            .Resume(static part => Telling.Walk(null, part), static (telling, part) => Telling.Walk(telling, part)))
        {
            _pace.Restore(text.To, telling.At);
            Tell(name, text, cause, telling);
        }
    }

    private void Tell(string name, Message inbound, long cause, Telling telling)
    {
        var conversation = new ReplyConversation(world, letterbox, replies, telling.Route, inbound, telling.Parameters)
        {
            Done = () => _underway.End(name),
        };
        var wait = telling.At - world.Clock.GetUtcNow();
        world.Loop.Start(async () =>
        {
            if (wait > TimeSpan.Zero) await Task.Delay(wait, world.Clock, world.Ending);
            await conversation.RunAsync(cause, world.Ending);
        });
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
