using TwilioEmu.Accounts.Billing;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Operations;
using TwilioEmu.Messaging.Receiving;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging;

/// <summary>Programmable Messaging of one world: its desk at the front door, its mailbox at the back door, its letters to the app.</summary>
/// <remarks>Loop-confined.</remarks>
public sealed class MessagingProduct
{
    private readonly CallbackLanes _lanes;
    private readonly Func<AccountSid, string> _tokenOf;

    /// <param name="world">Where it lives.</param>
    /// <param name="exchange">Where messages go and come from; its mailbox for texts is set here.</param>
    /// <param name="numbers">Who owns what.</param>
    /// <param name="tokenOf">The token that signs an account's webhooks.</param>
    /// <param name="letterbox">The way out.</param>
    /// <param name="lanes">Status callbacks, in order per message.</param>
    /// <param name="prices">What messages cost.</param>
    /// <param name="publicUrl">Scheme and authority under which the app reaches the REST API, for media links in webhooks.</param>
    public MessagingProduct(
        World world, Exchange exchange, NumberBook numbers, Func<AccountSid, string> tokenOf, ILetterbox letterbox, CallbackLanes lanes, IPriceBook prices,
        string publicUrl)
    {
        _lanes = lanes;
        _tokenOf = tokenOf;
        var senders = new SenderBook(numbers);
        var apps = new MessagingApps(new StoredDocuments(world));
        Outbox = new Outbox(world, exchange, prices, Tell);
        exchange.Attach(new Inbox(
            world, numbers, apps, letterbox, Outbox, new ReplySender(world, Outbox, senders), prices, tokenOf,
            (message, item) => $"{publicUrl}/2010-04-01/Accounts/{message.Account.Value}/Messages/{message.Sid}/Media/{item.Sid}"));
        var create = new MessageCreate(world, numbers, senders, apps, Outbox);
        var read = new MessageRead(world);
        var media = new MediaOperations(world);
        Behaviours =
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
        ];
        TestBehaviours = [("CreateMessage", new TestMessages(world).Create)];
    }

    /// <summary>Where messages wait and leave.</summary>
    public Outbox Outbox { get; }

    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours { get; }

    /// <summary>What it does instead for test credentials.</summary>
    public IReadOnlyList<(string OperationId, Behaviour? StandIn)> TestBehaviours { get; }

    private void Tell(Message message, Entry change)
    {
        if (message.Extras.StatusCallback is not { } url) return;
        _lanes.Enqueue(message.Sid, new WebhookRequest
        {
            Account = message.Account,
            SigningToken = _tokenOf(message.Account),
            Url = url,
            Method = "POST",
            Parameters = StatusParameters.Of(message),
            Subject = message.Sid,
            Purpose = "status-callback",
            Cause = change.Seq,
        });
    }
}
