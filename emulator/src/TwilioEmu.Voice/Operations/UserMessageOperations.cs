using System.Runtime.CompilerServices;
using System.Text.Json;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.UserMessages;

namespace TwilioEmu.Voice.Operations;

/// <summary>Messages between an app and its own phone in a call, and who is told of those that the phone sends.</summary>
/// <remarks>
/// twilio.com/docs/voice/api/userdefinedmessage-resource; codes: error dictionary 32702 content, 32703 length. A scripted phone has what it
/// was sent in the journal (<c>user_message.sent</c>); it sends none itself.
/// </remarks>
internal sealed class UserMessageOperations(CallServices services)
{
    // twilio.com/docs/voice/api/userdefinedmessage-resource: 10,000 bytes.
    private const int MaxLength = 10_000;

    // By call, and gone with it.
    private readonly ConditionalWeakTable<LiveCall, IdempotencyKeys<UserMessage>> _keys = [];

    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("CreateUserDefinedMessage", Send), ("CreateUserDefinedMessageSubscription", Subscribe),
        ("DeleteUserDefinedMessageSubscription", Unsubscribe),
    ];

    private Answer Send(RestRequest request)
    {
        var sid = request.PathValues["CallSid"];
        if (services.Book.Records(request.Account).Find(sid) is null) return Answer.NotFound(request);
        var content = request.Form["Content"] ?? "";
        if (!IsJson(content)) return Answer.Refuse(32702, "Content is not valid: it is no JSON");
        if (System.Text.Encoding.UTF8.GetByteCount(content) > MaxLength)
        {
            return Answer.Refuse(32703, $"Content is too long: at most {MaxLength} bytes are sent");
        }
        if (services.Book.FindLive(sid) is not { IsAnswered: true } call)
        {
            return Answer.Refuse(21220, "Call is not in-progress. Cannot send a message.");
        }
        var (keys, key) = (_keys.GetOrCreateValue(call), request.Form["IdempotencyKey"]);
        if (keys.Find(key) is { } same) return Answer.Of(same);
        var message = new UserMessage(services.World.Sids.New("KX"), request.Account, sid, services.World.Clock.GetUtcNow());
        services.World.Journal.Write(
            request.Account, UserMessageEntries.Sent, sid, request.Cause, ("sid", message.Sid), ("content", content), ("to", call.Party));
        if (!call.Party.StartsWith("client:", StringComparison.Ordinal))
        {
            services.World.Journal.Warn(
                request.Account, sid, request.Cause, $"{call.Party} is no phone of an app's own: nobody there reads messages along a call");
        }
        if (keys.Add(key, message) is { } forgotten)
        {
            var words =
                $"IdempotencyKey {forgotten} is forgotten: the newest {IdempotencyKeys<UserMessage>.MaxCount} of a call are remembered";
            services.World.Journal.Warn(request.Account, sid, request.Cause, words);
        }
        return Answer.Of(message);
    }

    private Answer Subscribe(RestRequest request)
    {
        var sid = request.PathValues["CallSid"];
        if (services.Book.Records(request.Account).Find(sid) is null) return Answer.NotFound(request);
        var form = new CallForm(request.Form);
        var callback = form.CallbackUrl("Callback");
        if (callback is null) form.Refuse(20001, "Callback is required", 0);
        var method = form.Method("Method");
        if (form.Fault is { } fault) return new Answer.Refusal(fault);
        if (services.Book.FindLive(sid) is null) return Answer.Refuse(21220, "Call is over. Nothing more will be told of it.");
        var key = form.Text("IdempotencyKey");
        var table = services.World.Store.Table(UserMessageSubscription.Table, request.Account);
        if (key is not null && table.NewestFirst().FirstOrDefault(s => s.CallSid == sid && s.Idempotency == key) is { } same)
        {
            return Answer.Of(same);
        }
        var subscription = new UserMessageSubscription
        {
            Sid = services.World.Sids.New("ZY"),
            Account = request.Account,
            CallSid = sid,
            DateCreated = services.World.Clock.GetUtcNow(),
            Callback = callback!,
            Method = method,
            Idempotency = key,
        };
        services.World.Store.Put(
            UserMessageSubscription.Table, request.Account, subscription, UserMessageEntries.Subscribed, request.Cause);
        return Answer.Of(subscription);
    }

    private Answer Unsubscribe(RestRequest request)
    {
        var table = services.World.Store.Table(UserMessageSubscription.Table, request.Account);
        if (table.Find(request.PathValues["Sid"]) is not { } subscription || subscription.CallSid != request.PathValues["CallSid"])
        {
            return Answer.NotFound(request);
        }
        services.World.Store.Remove(
            UserMessageSubscription.Table, request.Account, subscription.Sid, UserMessageEntries.Unsubscribed, request.Cause);
        return new Answer.NoContent();
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
