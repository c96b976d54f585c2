using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Codes;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Channels;

/// <summary>WhatsApp and RCS senders as they are registered, and the sign that the app is writing.</summary>
/// <remarks>
/// twilio.com/docs/whatsapp/api/senders, twilio.com/docs/whatsapp/api/typing-indicators-resource. Senders are stored resources.
/// Loop-confined.
/// <code>
/// CREATING -> ONLINE                                        a number of the account's: Twilio verifies it; an RCS agent
/// CREATING -> PENDING_VERIFICATION -> VERIFYING -> ONLINE any other: a code is texted to it, and comes back in
/// configuration.verification_code
/// </code>
/// </remarks>
internal sealed class ChannelOperations(
    World world, StoredDocuments stored, ChannelSenderBook senders, NumberBook numbers, Exchange exchange, TimeSpan after)
{
    // A step that is due: account, SID, the status from which it goes online, or none and the number that is texted a code.
    private const string Due = "channel sender";

    private const int Invalid = 63100;
    private const string Online = "ONLINE";
    private const string Pending = "PENDING_VERIFICATION";

    private readonly StoredCollection _stored = stored.Of("messaging_v2", "/v2/Channels/Senders");

    /// <summary>Takes up steps that were due in an earlier process; once, as the room is attached.</summary>
    public void KeepAppointments() => world.Appointments.On(Due, words =>
    {
        if (words[2].Length > 0) Step(new AccountSid(words[0]), words[1], words[2], Online);
        else AskForCode(new AccountSid(words[0]), words[1], words[3]);
    });

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
        [("messaging_v2/CreateChannelsSender", Create), ("messaging_v2/UpdateChannelsSender", Update)];

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("messaging_v2/CreateTypingIndicator", request => Type(request, request.Form["messageId"] ?? "")),
        ("messaging_v3/CreateV3TypingIndicator", request => Type(request, JsonText.Member(request.Json, "messageId") ?? "")),
    ];

    /// <summary>Moves a sender to a status by hand: <c>PUT /_emu/v1/registrations/{sid}</c>.</summary>
    /// <returns>False where the account has no such sender.</returns>
    public bool Move(AccountSid account, string sid, string status) => Step(account, sid, null, status);

    /// <summary>Only phones that text <c>join CODE</c> are written to from now on.</summary>
    public void MakeSandbox(AccountSid account, string sid, string joinCode)
    {
        if (!_stored.In(account).Contains(sid)) throw new InvalidOperationException($"the account has no sender {sid}");
        world.Store.Put(Sandbox.Table, account, new Sandbox(sid, joinCode), ChannelEntries.SandboxMade, 0);
    }

    private Answer Create(RestRequest request, Behaviour stored)
    {
        var address = JsonText.Member(request.Json, "sender_id") ?? "";
        var channel = ChannelAddress.ChannelOf(address);
        var bare = ChannelAddress.Bare(address);
        var isSound = channel switch
        {
            ChannelAddress.WhatsApp => E164.TryNormalize(bare, out var number) && number == bare,
            ChannelAddress.Rcs => bare.Length > 0,
            _ => false,
        };
        if (!isSound)
        {
            return Answer.Refuse(
                Invalid,
                $"Validation Error: sender_id {Quote.Short(address)} is not whatsapp: and a number in E.164, nor rcs: and an agent");
        }
        if (channel == ChannelAddress.WhatsApp && !HasName(request.Json))
        {
            return Answer.Refuse(Invalid, "Validation Error: profile.name is required for a WhatsApp sender");
        }
        if (senders.At(address).Count > 0) return Answer.Refuse(Invalid, $"Validation Error: {address} is registered already");
        var answer = stored(request.With(Body(request.Json, ("status", "CREATING"))));
        if (answer is not Answer.Resource { Kept: Document made }) return answer;
        var isOurs = channel != ChannelAddress.WhatsApp || numbers.Find(bare)?.Account == request.Account;
        After(request.Account, made.Key, isOurs ? "CREATING" : "", bare);
        return answer;
    }

    private Answer Update(RestRequest request, Behaviour stored)
    {
        if (_stored.In(request.Account).Find(request.PathValues["Sid"]) is not { } sender) return stored(request);
        var code = request.Json.ValueKind == JsonValueKind.Object && request.Json.TryGetProperty("configuration", out var configuration)
            ? JsonText.Member(configuration, "verification_code")
            : null;
        if (code is null || sender["status"] != Pending) return stored(request);
        if (code != world.Store.Table(SenderCode.Table, request.Account).Find(sender.Key)?.Code)
        {
            return Answer.Refuse(Invalid, "Validation Error: configuration.verification_code is not the code that was sent");
        }
        var answer = stored(request.With(Body(request.Json, ("status", "VERIFYING"))));
        After(request.Account, sender.Key, "VERIFYING", "");
        return answer;
    }

    /// <summary>The person who wrote sees that the app is writing, and that what they wrote was read.</summary>
    private Answer Type(RestRequest request, string sid)
    {
        if (world.Store.Table(Message.Table, request.Account).Find(sid) is not { } message)
        {
            return new Answer.Refusal(TwilioError.NotFound(sid));
        }
        if (message.Direction != MessageDirection.Inbound || ChannelAddress.ChannelOf(message.From) != ChannelAddress.WhatsApp)
        {
            return Answer.Refuse(20001, $"Invalid messageId: {sid} is no message that came in by WhatsApp");
        }
        world.Journal.Write(
            request.Account, ChannelEntries.Typing, ChannelAddress.Bare(BusinessScopedId.WithNumber(request.Account, message.From)!),
            request.Cause, ("message_sid", sid), ("to", message.From), ("from", message.To));
        return Answer.Of(new SuccessFace());
    }

    private void AskForCode(AccountSid account, string sid, string number)
    {
        if (_stored.In(account).Find(sid) is not { } sender || sender["status"] != "CREATING") return;
        var code = (100_000 + world.Chances($"sender {sid}").Next(900_000)).ToString(CultureInfo.InvariantCulture);
        _stored.In(account).Change(sender, 0, ("status", Pending));
        var sent = world.Store.Put(SenderCode.Table, account, new SenderCode(sid, code), ChannelEntries.CodeSent, 0);
        exchange.MessageLine(number).Submit(
            new TextMessage(account, "", "WhatsApp", number, $"Your WhatsApp Business code is {code}", [], sent.Seq)
            {
                Code = new CodeFound(code, "WhatsApp"),
            },
            NoReceipts.Instance);
    }

    private bool Step(AccountSid account, string sid, string? from, string to)
    {
        if (_stored.In(account).Find(sid) is not { } sender || (from is not null && sender["status"] != from)) return false;
        _stored.In(account).Change(sender, 0, ("status", to));
        return true;
    }

    private void After(AccountSid account, string sid, string from, string number) =>
        world.Appointments.Make(Due, after, account.Value, sid, from, number);

    private static bool HasName(JsonElement body) =>
        body.TryGetProperty("profile", out var profile) && JsonText.Member(profile, "name") is { Length: > 0 };

    private static JsonObject Body(JsonElement json, params ReadOnlySpan<(string Name, string Value)> more)
    {
        var body = json.ValueKind == JsonValueKind.Object ? JsonObject.Create(json)! : [];
        foreach (var (name, value) in more) body[name] = value;
        return body;
    }

    private sealed class SuccessFace : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            if (property == "success") to.Write(true);
        }
    }
}
