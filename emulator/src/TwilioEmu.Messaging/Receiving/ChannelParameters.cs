using System.Globalization;
using System.Text.Json.Nodes;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>
/// The parameters of the request that tells an app of a message by WhatsApp, RCS or Messenger, in the order of live traffic.
/// </summary>
/// <remarks>
/// twilio.com/docs/messaging/guides/webhook-request. No places are told; RCS and Messenger have neither profile nor WaId (inferred). Nor
/// has a person of WhatsApp who hides the number a WaId: it is the number's digits (inferred).
/// </remarks>
internal static class ChannelParameters
{
    public static List<KeyValuePair<string, string>> Of(
        Message message, TextMessage text, string? optOutType, Func<MediaItem, string> mediaUrl)
    {
        var media = message.Extras.Media;
        var isWhatsApp = ChannelAddress.ChannelOf(message.From) == ChannelAddress.WhatsApp;
        var person = ChannelAddress.Bare(message.From).TrimStart('+');
        var waId = BusinessScopedId.Is(message.From) ? null : person;
        var form = new List<KeyValuePair<string, string>>(24);
        void Add(string name, string? value)
        {
            if (value is not null) form.Add(new(name, value));
        }
        var original = RepliesTo(text.Act);
        if (original is not null) Add("OriginalRepliedMessageSender", message.To);
        if (isWhatsApp) Add("ExternalUserId", BusinessScopedId.Of(message.Account, person));
        Add("SmsMessageSid", message.Sid);
        if (isWhatsApp && original is not null) Add("FrequentlyForwarded", "false");
        Add("NumMedia", media.Count.ToString(CultureInfo.InvariantCulture));
        if (isWhatsApp) Add("ProfileName", text.ProfileName ?? person);
        Add("MessageType", TypeOf(message, text.Act));
        Add("SmsSid", message.Sid);
        if (isWhatsApp) Add("WaId", waId);
        Add("SmsStatus", message.Status.Wire());
        Add("Body", message.Body);
        if (isWhatsApp && original is not null) Add("Forwarded", "false");
        if (text.Act is RichAct.Tap { Title: var title }) Add("ButtonText", title);
        foreach (var (name, value) in OfAct(text.Act)) Add(name, value);
        if (optOutType is not null) Add("OptOutType", optOutType);
        Add("To", message.To);
        if (text.Act is RichAct.Tap { Payload: var payload }) Add("ButtonPayload", payload);
        if (message.Extras.MessagingServiceSid is { } service) Add("MessagingServiceSid", service);
        Add("NumSegments", message.SegmentCount.ToString(CultureInfo.InvariantCulture));
        if (isWhatsApp) Add("ReferralNumMedia", "0");
        Add("MessageSid", message.Sid);
        Add("AccountSid", message.Account.Value);
        for (var i = 0; i < media.Count; i++)
        {
            Add($"MediaContentType{i}", media[i].ContentType);
            Add($"MediaUrl{i}", mediaUrl(media[i]));
        }
        Add("OriginalRepliedMessageSid", original);
        Add("ChannelMetadata", Metadata(message, text, person));
        Add("From", message.From);
        Add("ApiVersion", "2010-04-01");
        return form;
    }

    private static IEnumerable<(string Name, string? Value)> OfAct(RichAct? act) => act switch
    {
        // A button of an approved template; of one in a session live requests tell no type.
        RichAct.Tap { OfTemplate: true } => [("ButtonType", "REPLY")],
        RichAct.Pick pick => [("ListId", pick.Item.Id), ("ListTitle", pick.Item.Title), ("ListDescription", pick.Item.Description)],
        RichAct.Share share =>
        [
            ("Latitude", share.Place.Latitude.ToString(CultureInfo.InvariantCulture)),
            ("Longitude", share.Place.Longitude.ToString(CultureInfo.InvariantCulture)),
            ("Label", share.Place.Label), ("Address", share.Place.Address),
        ],
        _ => [],
    };

    /// <summary>MessageSid of what is answered, where something is.</summary>
    private static string? RepliesTo(RichAct? act) => act switch
    {
        RichAct.Tap { RepliesTo.Length: > 0 } tap => tap.RepliesTo,
        RichAct.Pick { RepliesTo.Length: > 0 } pick => pick.RepliesTo,
        _ => null,
    };

    private static string TypeOf(Message message, RichAct? act) => act switch
    {
        RichAct.Tap { OfTemplate: true } => "button",
        RichAct.Tap or RichAct.Pick => "interactive",
        RichAct.Share => "location",
        _ when message.Extras.Media is [var first, ..] => first.ContentType.Split('/')[0] is ("image" or "audio" or "video") and var kind
            ? kind
            : "document",
        _ => "text",
    };

    // The names of the context are in alphabetical order in live requests.
    private static string Metadata(Message message, TextMessage text, string person)
    {
        var context = new JsonObject();
        if (ChannelAddress.ChannelOf(message.From) == ChannelAddress.WhatsApp)
        {
            if (text.Act is RichAct.Tap tap) context["ButtonText"] = tap.Title;
            if (RepliesTo(text.Act) is not null) (context["Forwarded"], context["FrequentlyForwarded"]) = ("false", "false");
            context["ProfileName"] = text.ProfileName ?? person;
            if (!BusinessScopedId.Is(message.From)) context["WaId"] = person;
        }
        return new JsonObject
        {
            ["type"] = ChannelAddress.ChannelOf(message.From),
            ["data"] = new JsonObject { ["context"] = context },
        }.ToJsonString();
    }
}
