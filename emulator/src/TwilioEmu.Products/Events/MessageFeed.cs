using System.Globalization;
using System.Text.Json;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Messaging;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Receiving;

namespace TwilioEmu.Products.Events;

/// <summary>Makes events of what happens to messages.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/events/event-types/messaging/outbound-message, /inbound-message: members and their spelling measured. An
/// event has the members of its newest schema, whatever version was asked for, as older ones lack only some (inferred). Of a person of
/// WhatsApp externalUserId tells (twilio.com/docs/whatsapp/key-concepts; its place among the others is inferred).
/// </remarks>
internal sealed class MessageFeed(World world, EventBook book, EventDelivery delivery) : ITextInterest
{
    private const string StatusSchema = "Messaging.MessageStatus";
    private const string InboundSchema = "Messaging.InboundMessageV1";

    /// <summary>A message has changed its status.</summary>
    public void Hear(Message message, Entry change)
    {
        if (EventTypes.OfStatus(message.Status.Wire()) is not { } type) return;
        Tell(message, type, StatusSchema, WriteStatus, change.Seq);
    }

    /// <inheritdoc/>
    public bool Takes(Message inbound, long cause)
    {
        Tell(inbound, EventTypes.Received, InboundSchema, WriteInbound, cause);
        return false;
    }

    private void Tell(Message message, string type, string schema, Action<Utf8JsonWriter, Message, string> data, long cause)
    {
        foreach (var (sink, version) in book.ReceiversOf(message.Account, type))
        {
            var envelope = new Envelope(type, message.Uri, world.Sids.New("EZ"), $"{schema}/{version}");
            delivery.Send(message.Account, sink, envelope.Write(message.Updated, json => data(json, message, type)), message.Sid, cause);
        }
    }

    private static void WriteStatus(Utf8JsonWriter json, Message message, string type)
    {
        json.WriteString("eventName", type);
        json.WriteString("messageSid", message.Sid);
        json.WriteString("messageStatus", message.Status.Wire().ToUpperInvariant());
        json.WriteString("accountSid", message.Account.Value);
        json.WriteString("apiVersion", "2010-04-01");
        json.WriteString("from", message.From);
        json.WriteString("to", message.To);
        if (MessagingProduct.ExternalUserIdOf(message) is { } person) json.WriteString("externalUserId", person);
        json.WriteString("timestamp", Envelope.Instant(message.Updated));
        json.WriteNumber("numberOfSegments", message.SegmentCount);
        if (message.Status is MessageStatus.Delivered or MessageStatus.Undelivered)
        {
            json.WriteString("rawDlrDoneDate", message.Updated.UtcDateTime.ToString("yyMMddHHmm", CultureInfo.InvariantCulture));
        }
        if (message.ErrorCode != 0) json.WriteNumber("errorCode", message.ErrorCode);
        if (message.Extras.MessagingServiceSid is { } service) json.WriteString("messagingServiceSid", service);
        if (message.Extras.StatusCallback is { } callback) json.WriteString("statusCallBackUrl", callback);
        json.WriteStartObject("tags");
        json.WriteEndObject();
    }

    private static void WriteInbound(Utf8JsonWriter json, Message message, string type)
    {
        json.WriteString("eventName", type);
        json.WriteString("messageSid", message.Sid);
        json.WriteString("accountSid", message.Account.Value);
        if (message.Extras.MessagingServiceSid is { } service) json.WriteString("messagingServiceSid", service);
        json.WriteString("from", message.From);
        json.WriteString("to", message.To);
        if (MessagingProduct.ExternalUserIdOf(message) is { } person) json.WriteString("externalUserId", person);
        json.WriteString("body", message.Body);
        json.WriteNumber("numMedia", message.Extras.Media.Count);
        json.WriteNumber("numSegments", message.SegmentCount);
        json.WriteString("timestamp", Envelope.Instant(message.Updated));
        json.WriteStartArray("recipients");
        json.WriteEndArray();
        foreach (var (side, number) in new[] { ("from", message.From), ("to", message.To) })
        {
            var place = NumberPlace.Of(number);
            json.WriteString($"{side}City", place.City);
            json.WriteString($"{side}State", place.State);
            json.WriteString($"{side}Zip", place.Zip);
            json.WriteString($"{side}Country", place.Country);
        }
    }
}
