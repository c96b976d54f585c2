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
    public static readonly RecordForm<Message> Form = new("message", static (r, m) => new Message
    {
        Sid = m.Text("sid", r?.Sid),
        Account = m.Account("account_sid", r?.Account),
        From = m.Text("from", r?.From),
        To = m.Text("to", r?.To),
        Body = m.Text("body", r?.Body),
        Direction = m.Word("direction", r?.Direction, MessageStatuses.Directions),
        Status = m.Word("status", r?.Status, MessageStatuses.Words),
        SegmentCount = m.Number("num_segments", r?.SegmentCount),
        Created = m.Instant("date_created", r?.Created),
        Updated = m.Instant("date_updated", r?.Updated),
        Sent = m.InstantOrNull("date_sent", r?.Sent),
        ErrorCode = m.Number("error_code", r?.ErrorCode),
        Price = m.NumberOrNull("price", r?.Price),
        Extras = m.PartOrNull("extras", r is null || ReferenceEquals(r.Extras, MessageExtras.None) ? null : r.Extras, ExtrasWalk) ?? MessageExtras.None,
    });

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

    /// <summary>What it cost, as <see cref="Accounts.Billing.Price"/> keeps it; null until it was sent, and for ever when it failed.</summary>
    public int? Price { get; init; }

    public MessageExtras Extras { get; init; } = MessageExtras.None;

    string IRecord.Key => Sid;

    DateTimeOffset? IRecord.Since => Created;

    /// <inheritdoc/>
    public bool IsSettled => Status.IsFinal();

    /// <summary>Path of the resource.</summary>
    public string Uri => $"/2010-04-01/Accounts/{Account.Value}/Messages/{Sid}.json";

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
            case "uri": to.Write(Uri); break;
            case "subresource_uris":
                to.Json.WriteStartObject();
                to.Json.WriteString("media", $"/2010-04-01/Accounts/{Account.Value}/Messages/{Sid}/Media.json");
                if (Extras.IsFeedbackProvided) to.Json.WriteString("feedback", $"/2010-04-01/Accounts/{Account.Value}/Messages/{Sid}/Feedback.json");
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
    public int Weight => 2 * (Body.Length + From.Length + To.Length + Extras.Media.Sum(m => m.Url.Length));

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
