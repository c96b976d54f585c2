using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Voice.UserMessages;

/// <summary>
/// Somebody who is told of what the app's own phone sends along a call (twilio.com/docs/voice/api/userdefinedmessagesubscription-resource).
/// </summary>
internal sealed record UserMessageSubscription : IRecord, IFace
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<UserMessageSubscription> Form = new("user_message_subscription", static (r, m) => new()
    {
        Sid = m.Text("sid", r?.Sid),
        Account = m.Account("account_sid", r?.Account),
        CallSid = m.Text("call_sid", r?.CallSid),
        DateCreated = m.Instant("date_created", r?.DateCreated),
        Callback = m.Text("callback", r?.Callback),
        Method = m.Text("method", r?.Method),
        Idempotency = m.TextOrNull("idempotency_key", r?.Idempotency),
    });

    public static readonly TableKey<UserMessageSubscription> Table = new("user_message_subscriptions", Form);

    public required string Sid { get; init; }

    public required AccountSid Account { get; init; }

    public required string CallSid { get; init; }

    public required DateTimeOffset DateCreated { get; init; }

    /// <summary>Absolute.</summary>
    public required string Callback { get; init; }

    public required string Method { get; init; }

    /// <summary>The same key again makes no other; null for none.</summary>
    public string? Idempotency { get; init; }

    public string Key => Sid;

    public bool IsSettled => true;

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("call_sid", CallSid);
        json.WriteString("callback", Callback);
    }

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid": to.Write(Sid); break;
            case "account_sid": to.Write(Account.Value); break;
            case "call_sid": to.Write(CallSid); break;
            case "date_created": to.Write(DateCreated); break;
            case "uri": to.Write($"/2010-04-01/Accounts/{Account}/Calls/{CallSid}/UserDefinedMessageSubscriptions/{Sid}.json"); break;
        }
    }
}

/// <summary>A message sent to the app's own phone in its call (twilio.com/docs/voice/api/userdefinedmessage-resource).</summary>
/// <param name="Sid"><c>KX...</c></param>
internal sealed record UserMessage(string Sid, AccountSid Account, string CallSid, DateTimeOffset DateCreated) : IFace
{
    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid": to.Write(Sid); break;
            case "account_sid": to.Write(Account.Value); break;
            case "call_sid": to.Write(CallSid); break;
            case "date_created": to.Write(DateCreated); break;
        }
    }
}

/// <summary>What the journal tells of messages along calls.</summary>
public static class UserMessageEntries
{
    public static readonly EntryKind Sent = new(
        "user_message.sent", "the app sent a message to its own phone in a call; the subject is the call", "sid", "content", "to");

    public static readonly EntryKind Subscribed = new(
        "user_message.subscribed", "the app wants to be told what its own phone sends", "call_sid", "callback");

    public static readonly EntryKind Unsubscribed = new(
        "user_message.unsubscribed", "the app does not want to be told any more", "call_sid", "callback");

    public static IReadOnlyList<EntryKind> All { get; } = [Sent, Subscribed, Unsubscribed];
}
