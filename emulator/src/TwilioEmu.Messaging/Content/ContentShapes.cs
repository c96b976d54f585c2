using System.Text.Json;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Text;

namespace TwilioEmu.Messaging.Content;

/// <summary>What content comes to on a phone and in the message's record: words, media, and what stands around them. Pure.</summary>
/// <remarks>twilio.com/docs/content, the pages of the types. Input is a type's object with its variables filled in.</remarks>
internal static class ContentShapes
{
    public static RenderedContent Text(JsonElement of) => new(Body(of), [], null);

    public static RenderedContent Media(JsonElement of) => new(Body(of), Urls(of), null);

    public static RenderedContent Location(JsonElement of)
    {
        var place = new RichPlace(Number(of, "latitude"), Number(of, "longitude"), Member(of, "label"), Member(of, "address"));
        return new RenderedContent(place.Label ?? "", [], new RichContent { Type = "twilio/location", Place = place });
    }

    public static RenderedContent Buttons(JsonElement of)
    {
        var buttons = ButtonsOf(of);
        var type = buttons.All(b => b.Type == "QUICK_REPLY") ? "twilio/quick-reply" : "twilio/call-to-action";
        return new RenderedContent(Body(of), [], new RichContent { Type = type, Buttons = buttons });
    }

    public static RenderedContent ListPicker(JsonElement of) => new(Body(of), [], new RichContent
    {
        Type = "twilio/list-picker",
        ListButton = Member(of, "button"),
        Items = [.. List(of, "items").Select(i => new RichItem(Member(i, "id") ?? "", Member(i, "item") ?? "", Member(i, "description")))],
    });

    public static RenderedContent Card(JsonElement of)
    {
        var (title, subtitle, body) = (Member(of, "title"), Member(of, "subtitle"), Member(of, "body"));
        return new RenderedContent(Lines(body is null ? [title, subtitle] : [body, subtitle]), Urls(of), new RichContent
        {
            Type = "twilio/card",
            Title = title,
            Subtitle = subtitle,
            Buttons = ButtonsOf(of),
        });
    }

    public static RenderedContent WhatsAppCard(JsonElement of) => new(Body(of), Urls(of), new RichContent
    {
        Type = "whatsapp/card",
        Title = Member(of, "header_text"),
        Footer = Member(of, "footer"),
        Buttons = ButtonsOf(of),
    });

    public static RenderedContent Carousel(JsonElement of) => new(Body(of), [], new RichContent
    {
        Type = "twilio/carousel",
        Cards = [.. List(of, "cards").Select(c => new RichCard(Member(c, "title"), Member(c, "body"), Member(c, "media"), ButtonsOf(c)))],
    });

    public static RenderedContent Catalog(JsonElement of) => new(Body(of), [], new RichContent
    {
        Type = "twilio/catalog",
        Title = Member(of, "title"),
        Subtitle = Member(of, "subtitle"),
        Items = [.. List(of, "items").Select(i => new RichItem(Member(i, "id") ?? "", Member(i, "name") ?? "", Member(i, "description")))],
    });

    public static RenderedContent Flows(JsonElement of)
    {
        IReadOnlyList<string> media = Member(of, "media_url") is { Length: > 0 } url ? [url] : [];
        return new(Body(of), media, new RichContent
        {
            Type = "twilio/flows",
            Subtitle = Member(of, "subtitle"),
            Buttons = [new RichButton("FLOW", Member(of, "button_text") ?? "", Member(of, "flow_id"), null)],
        });
    }

    public static RenderedContent Schedule(JsonElement of) =>
        new(Member(of, "title") ?? "", [], new RichContent { Type = "twilio/schedule", Title = Member(of, "title") });

    /// <summary>WhatsApp's own words around the code, which is the one variable.</summary>
    public static RenderedContent Authentication(JsonElement of)
    {
        var code = Member(of, ContentTemplate.CodeMember) ?? "";
        // On unless it is switched off.
        var warns = Find(of, "add_security_recommendation") is not { ValueKind: JsonValueKind.False };
        var copy = List(of, "actions").Select(a => Member(a, "copy_code_text")).FirstOrDefault() ?? "Copy code";
        return new RenderedContent(
            $"*{code}* is your verification code.{(warns ? " For your security, do not share this code." : "")}", [],
            new RichContent
            {
                Type = "whatsapp/authentication",
                Footer = Member(of, "code_expiration_minutes") is { } minutes ? $"This code expires in {minutes} minutes." : null,
                Buttons = [new RichButton("COPY_CODE", copy, null, code)],
            });
    }

    private static List<RichButton> ButtonsOf(JsonElement of) =>
    [
        .. List(of, "actions").Select(a => new RichButton(
            Member(a, "type") ?? "QUICK_REPLY", Member(a, "title") ?? "", Member(a, "id"),
            Member(a, "url") ?? Member(a, "phone") ?? Member(a, "code"))),
    ];

    private static string Body(JsonElement of) => Member(of, "body") ?? "";

    private static string? Member(JsonElement of, string name) => JsonText.Member(of, name);

    private static double Number(JsonElement of, string name) =>
        Find(of, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) ? number : 0;

    private static IReadOnlyList<string> Urls(JsonElement of) =>
        Find(of, "media") is { ValueKind: JsonValueKind.Array } media
            ? [.. media.EnumerateArray().Select(m => m.ToString()).Where(m => m.Length > 0)]
            : [];

    private static IEnumerable<JsonElement> List(JsonElement of, string name) =>
        Find(of, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    private static JsonElement? Find(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : null;

    private static string Lines(IEnumerable<string?> lines) => string.Join('\n', lines.Where(l => !string.IsNullOrEmpty(l)));
}
