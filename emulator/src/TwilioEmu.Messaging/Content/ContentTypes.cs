using System.Collections.Frozen;

namespace TwilioEmu.Messaging.Content;

/// <summary>Every sort of content, the plainest first: of those a channel can show, the last is sent.</summary>
/// <remarks>
/// twilio.com/docs/content/content-types-overview, channel support and priority order; twilio.com/docs/content/session-definitions.
/// </remarks>
internal static class ContentTypes
{
    public const string Sms = "sms";
    public const string Mms = "mms";

    private static readonly string[] Everywhere = [Sms, "rcs", "whatsapp", "messenger"];
    private static readonly string[] Chats = ["whatsapp", "messenger"];
    private static readonly string[] WhatsApp = ["whatsapp"];

    public static IReadOnlyList<ContentType> All { get; } =
    [
        new("twilio/text", Everywhere, ContentLimits.OfText, ContentShapes.Text),
        new("twilio/media", [Mms, "rcs", "whatsapp", "messenger"], ContentLimits.OfMedia, ContentShapes.Media),
        new("twilio/location", WhatsApp, ContentLimits.OfLocation, ContentShapes.Location) { MayBeApproved = false },
        new("twilio/quick-reply", Chats, ContentLimits.OfQuickReply, ContentShapes.Buttons),
        new("twilio/call-to-action", Chats, ContentLimits.OfCallToAction, ContentShapes.Buttons),
        new("twilio/list-picker", WhatsApp, ContentLimits.OfListPicker, ContentShapes.ListPicker) { MayBeApproved = false },
        new("twilio/card", ["rcs", "whatsapp", "messenger"], ContentLimits.OfCard, ContentShapes.Card) { NeedsApproval = true },
        new("twilio/carousel", ["rcs", "whatsapp"], ContentLimits.OfCarousel, ContentShapes.Carousel) { NeedsApproval = true },
        new("twilio/catalog", WhatsApp, ContentLimits.OfCatalog, ContentShapes.Catalog),
        new("twilio/flows", WhatsApp, ContentLimits.OfFlows, ContentShapes.Flows),
        // For Apple Messages, which the emulator does not carry.
        new("twilio/schedule", [], ContentLimits.OfSchedule, ContentShapes.Schedule) { MayBeApproved = false },
        new("whatsapp/card", WhatsApp, ContentLimits.OfWhatsAppCard, ContentShapes.WhatsAppCard) { NeedsApproval = true },
        new("whatsapp/flows", WhatsApp, ContentLimits.OfFlows, ContentShapes.Flows),
        new("whatsapp/authentication", WhatsApp, ContentLimits.OfAuthentication, ContentShapes.Authentication) { NeedsApproval = true },
    ];

    private static readonly FrozenDictionary<string, ContentType> ByName = All.ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);

    /// <summary>The type of a name, or null.</summary>
    public static ContentType? Find(string name) => ByName.GetValueOrDefault(name);
}
