using System.Text.Json;
using TwilioEmu.Accounts.Billing;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Messaging.Lifecycle;

/// <summary>A message, in or out, as it is at one instant.</summary>
/// <remarks>A million of these are kept: what only few messages have is in <see cref="MessageExtras"/>.</remarks>
public sealed record Message : IRecord, IFace, IBillable
{
    // In an initializer the compiler makes a delegate at each use.
    private static readonly Walk<MessageExtras> ExtrasWalk = MessageExtras.Walk;

    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<Message> Form = new("message", Along);

    /// <summary>All messages of an account.</summary>
    public static readonly TableKey<Message> Table = new("messages", Form);

    /// <summary><c>SM</c> for text, <c>MM</c> for what goes by MMS.</summary>
    public required string Sid { get; init; }

    public required AccountSid Account { get; init; }

    /// <summary>Empty while a service has not chosen the sender.</summary>
    public required string From { get; init; }

    public required string To { get; init; }

    public required string Body { get; init; }

    public required MessageDirection Direction { get; init; }

    public required MessageStatus Status { get; init; }

    /// <summary>Segments billed; 1 for MMS; 0 while a service has not chosen the sender.</summary>
    public required int SegmentCount { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }

    /// <summary>When it was handed to the carrier; for inbound ones, received.</summary>
    public DateTimeOffset? Sent { get; init; }

    /// <summary>Twilio's code for why it failed, or 0.</summary>
    public int ErrorCode { get; init; }

    /// <summary>
    /// What it cost, as <see cref="Accounts.Billing.Price"/> keeps it; null until it was sent, and for ever when it failed.
    /// </summary>
    public int? Price { get; init; }

    public MessageExtras Extras { get; init; } = MessageExtras.None;

    // Written five times in its life: told of a message, it makes no other.
    private static Message Along(Message? r, Members m)
    {
        var sid = m.Text("sid", r?.Sid);
        var account = m.Account("account_sid", r?.Account);
        var from = m.Text("from", r?.From);
        var to = m.Text("to", r?.To);
        var body = m.Text("body", r?.Body);
        var direction = m.Word("direction", r?.Direction, MessageStatuses.Directions);
        var status = m.Word("status", r?.Status, MessageStatuses.Words);
        var segmentCount = m.Number("num_segments", r?.SegmentCount);
        var created = m.Instant("date_created", r?.Created);
        var updated = m.Instant("date_updated", r?.Updated);
        var sent = m.InstantOrNull("date_sent", r?.Sent);
        var errorCode = m.Number("error_code", r?.ErrorCode);
        var price = m.NumberOrNull("price", r?.Price);
        var extras = m.PartOrNull("extras", r is null || ReferenceEquals(r.Extras, MessageExtras.None) ? null : r.Extras, ExtrasWalk);
        return r ?? new Message
        {
            Sid = sid,
            Account = account,
            From = from,
            To = to,
            Body = body,
            Direction = direction,
            Status = status,
            SegmentCount = segmentCount,
            Created = created,
            Updated = updated,
            Sent = sent,
            ErrorCode = errorCode,
            Price = price,
            Extras = extras ?? MessageExtras.None,
        };
    }

    string IRecord.Key => Sid;

    DateTimeOffset? IRecord.Since => Created;

    /// <inheritdoc/>
    public bool IsSettled => Status.IsFinal();

    /// <inheritdoc/>
    public bool IsWaiting => Status is MessageStatus.Queued or MessageStatus.Accepted or MessageStatus.Scheduled;

    /// <summary>Path of the resource.</summary>
    public string Uri => $"/2010-04-01/Accounts/{Account.Value}/Messages/{Sid}.json";

    // Two SIDs and the words between and behind them.
    private const int MaxPath = 192;

    /// <summary>Its path and what follows, in some room or else in a string.</summary>
    private ReadOnlySpan<char> PathTo(string end, Span<char> room) =>
        room.TryWrite($"/2010-04-01/Accounts/{Account.Value}/Messages/{Sid}{end}", out var length)
            ? room[..length]
            : $"/2010-04-01/Accounts/{Account.Value}/Messages/{Sid}{end}";

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "sid": to.Write(Sid); break;
            case "account_sid": to.Write(Account.Value); break;
            case "api_version": to.Write("2010-04-01"); break;
            case "body": to.Write(Body); break;
            case "from": if (From.Length > 0) to.Write(From); break;
            case "to": to.Write(To); break;
            case "direction": to.Write(Direction.Wire()); break;
            case "status": to.Write(Status.Wire()); break;
            case "num_segments": to.WriteQuoted(SegmentCount); break;
            case "num_media": to.WriteQuoted(Extras.Media.Count); break;
            case "date_created": to.Write(Created); break;
            case "date_updated": to.Write(Updated); break;
            case "date_sent": to.Write(Sent); break;
            case "error_code": if (ErrorCode != 0) to.Write(ErrorCode); break;
            case "error_message": if (ErrorCode != 0) to.Write(DeliveryErrors.Message(ErrorCode)); break;
            case "price": to.Write(Accounts.Billing.Price.Spell(Price)); break;
            case "price_unit": to.Write("USD"); break;
            case "messaging_service_sid": to.Write(Extras.MessagingServiceSid); break;
            case "uri": to.Write(PathTo(".json", stackalloc char[MaxPath])); break;
            case "subresource_uris":
                Span<char> room = stackalloc char[MaxPath];
                to.Json.WriteStartObject();
                to.Json.WriteString("media", PathTo("/Media.json", room));
                if (Extras.IsFeedbackProvided) to.Json.WriteString("feedback", PathTo("/Feedback.json", room));
                to.Json.WriteEndObject();
                break;
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Charged when it is sent or received, by the segment; a message with media counts as one
    /// (twilio.com/docs/usage/api/usage-record). Channels have no category of their own there: they count as texts do (inferred).
    /// </remarks>
    public Charge? ChargeFor(string kind)
    {
        if (Price is not { } price || (kind != MessageEntries.Sent.Name && kind != MessageEntries.Received.Name)) return null;
        var isInbound = Direction == MessageDirection.Inbound;
        var isShortCode = E164.IsShortCode(isInbound ? To : From);
        var category = (Extras.IsMms, isInbound, isShortCode) switch
        {
            (false, false, false) => "sms-outbound-longcode",
            (false, false, true) => "sms-outbound-shortcode",
            (false, true, false) => "sms-inbound-longcode",
            (false, true, true) => "sms-inbound-shortcode",
            (true, false, false) => "mms-outbound-longcode",
            (true, false, true) => "mms-outbound-shortcode",
            (true, true, false) => "mms-inbound-longcode",
            (true, true, true) => "mms-inbound-shortcode",
        };
        return new Charge(category, 1, Extras.IsMms ? 1 : SegmentCount, Accounts.Billing.Price.InDollars(price));
    }

    /// <inheritdoc/>
    public int Weight => 2 * (Body.Length + From.Length + To.Length + (Extras.Media.Count == 0 ? 0 : Extras.Media.Sum(m => m.Url.Length)));

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("sid", Sid);
        json.WriteString("from", From);
        json.WriteString("to", To);
        json.WriteString("body", Body);
        json.WriteString("direction", Direction.Wire());
        json.WriteString("status", Status.Wire());
        if (Extras.MessagingServiceSid is { } service) json.WriteString("messaging_service_sid", service);
        if (Extras.SendAt is { } sendAt) json.WriteString("send_at", sendAt.UtcDateTime);
        json.WriteNumber("num_segments", SegmentCount);
        if (Extras.Media.Count > 0)
        {
            json.WriteStartArray("media_urls");
            foreach (var item in Extras.Media) json.WriteStringValue(item.Url);
            json.WriteEndArray();
        }
        if (Sent is { } sent) json.WriteString("date_sent", sent.UtcDateTime);
        if (ErrorCode != 0) json.WriteNumber("error_code", ErrorCode);
        if (ErrorCode != 0) json.WriteString("error_message", DeliveryErrors.Message(ErrorCode));
    }
}
