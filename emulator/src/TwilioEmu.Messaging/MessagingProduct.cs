using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Operations;
using TwilioEmu.Messaging.Receiving;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging;

/// <summary>Programmable Messaging of one world: its desk at the front door, its mailbox at the back door, its letters to the app.</summary>
/// <remarks>Loop-confined.</remarks>
public sealed class MessagingProduct : IProduct
{
    private readonly List<ITextInterest> _interests = [];
    private Outbox? _outbox;
    private TextDesk? _desk;

    /// <summary>Where messages wait and leave.</summary>
    public Outbox Outbox => _outbox ?? throw new InvalidOperationException("messaging is not attached yet");

    /// <summary>Told of every change of an outbound message, with its entry. Loop-confined.</summary>
    public event Action<Message, Entry>? Changed;

    /// <summary>From now on it is asked of every text that comes in, in the order of asking.</summary>
    public void Interest(ITextInterest interest) => _interests.Add(interest);

    /// <summary>Sends a text for another product; it stands in the account's list, and nobody but <see cref="Changed"/> is told of it.</summary>
    /// <returns>The message, queued; null when the number cannot text, or its queue is full.</returns>
    public Message? Send(AccountSid account, string from, string to, string body, IReadOnlyList<string> media, long cause) =>
        (_desk ?? throw new InvalidOperationException("messaging is not attached yet")).Send(account, from, to, body, media, cause);

    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        var (world, numbers) = (floor.World, floor.Numbers);
        var lanes = floor.NewLooseLanes();
        var senders = new SenderBook(numbers);
        var apps = new MessagingApps(floor.Documents);
        var outbox = _outbox = new Outbox(world, floor.Exchange, floor.Prices, (message, change) =>
        {
            Tell(floor, lanes, message, change);
            Changed?.Invoke(message, change);
        });
        _desk = new TextDesk(world, senders, outbox);
        floor.Accounts.Closed += outbox.Close;
        floor.Exchange.Attach(new Inbox(
            world, numbers, apps, floor.Letterbox, outbox, new ReplySender(world, outbox, senders), floor.Prices, floor.Accounts.TokenOf,
            (message, item) => $"{floor.PublicUrl}/2010-04-01/Accounts/{message.Account.Value}/Messages/{message.Sid}/Media/{item.Sid}",
            (inbound, cause) => _interests.Any(i => i.Takes(inbound, cause))));
        var create = new MessageCreate(world, numbers, senders, apps, floor.Documents, outbox);
        var read = new MessageRead(world);
        var media = new MediaOperations(world);
        floor.Hang(
        [
            ("CreateMessage", create.Create),
            ("FetchMessage", read.Fetch),
            ("ListMessage", read.List),
            ("UpdateMessage", read.Update),
            ("DeleteMessage", read.Delete),
            ("ListMedia", media.List),
            ("FetchMedia", media.Fetch),
            ("DeleteMedia", media.Delete),
            ("CreateMessageFeedback", new FeedbackOperations(world).Create),
        ]);
        floor.HangForTests([("CreateMessage", new TestMessages(world).Create)]);
    }

    private static void Tell(Floor floor, CallbackLanes lanes, Message message, Entry change)
    {
        if (message.Extras.StatusCallback is not { } url) return;
        lanes.Enqueue(message.Sid, new WebhookRequest
        {
            Account = message.Account,
            SigningToken = floor.Accounts.TokenOf(message.Account),
            Url = url,
            Method = "POST",
            Parameters = StatusParameters.Of(message),
            Subject = message.Sid,
            Purpose = "status-callback",
            Cause = change.Seq,
        });
    }
}
