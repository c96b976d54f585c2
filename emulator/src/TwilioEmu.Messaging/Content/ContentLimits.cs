using System.Text.Json;
using TwilioEmu.Kernel.Text;

namespace TwilioEmu.Messaging.Content;

/// <summary>What content may be beyond its schema: how long, how many, which together. Pure.</summary>
/// <remarks>
/// twilio.com/docs/content/twiliotext, twilio-quick-reply, twilio-call-to-action, twiliolist-picker, twiliocard, carousel, twiliocatalog,
/// whatsappauthentication. Places for variables count as they are written (inferred). Each method gives the first fault in words, or null.
/// </remarks>
internal static class ContentLimits
{
    private const int Body = 1024;
    private const int TextBody = 1600;
    private const int ButtonTitle = 25;
    private const int Id = 200;

    public static string? OfText(JsonElement of) => Text(of, "body", TextBody);

    public static string? OfMedia(JsonElement of) => Text(of, "body", TextBody) ?? Count(of, "media", 1, 10);

    public static string? OfLocation(JsonElement of) =>
        Range(of, "latitude", -90, 90) ?? Range(of, "longitude", -180, 180) ?? Text(of, "label", Body) ?? Text(of, "address", Body);

    public static string? OfQuickReply(JsonElement of) =>
        Text(of, "body", Body) ?? Count(of, "actions", 1, 10) ?? Each(of, "actions", Button);

    public static string? OfCallToAction(JsonElement of) =>
        Text(of, "body", Body) ?? Count(of, "actions", 1, 10) ?? Each(of, "actions", Button);

    public static string? OfListPicker(JsonElement of) =>
        Text(of, "body", Body) ?? Text(of, "button", 20) ?? Count(of, "items", 1, 10)
        ?? Each(of, "items", item => Text(item, "item", 24) ?? Text(item, "id", Id) ?? Text(item, "description", 72));

    public static string? OfCard(JsonElement of)
    {
        var isNamed = JsonText.Member(of, "title") is { Length: > 0 } || JsonText.Member(of, "body") is { Length: > 0 };
        if (!isNamed) return "a card needs a title or a body";
        // A title or a body alone is a text.
        var more = (string[])["body", "subtitle", "media", "actions"];
        var hasTitle = JsonText.Member(of, "title") is { Length: > 0 };
        if (!more.Any(name => (hasTitle || name != "body") && JsonText.Member(of, name) is { Length: > 0 } value && value != "[]"))
        {
            return "a card needs one field beside its title or body";
        }
        return Text(of, "title", Body) ?? Text(of, "body", TextBody) ?? Text(of, "subtitle", 60) ?? Count(of, "media", 0, 1)
            ?? Count(of, "actions", 0, 10) ?? Each(of, "actions", Button);
    }

    public static string? OfCarousel(JsonElement of) =>
        Text(of, "body", Body) ?? Count(of, "cards", 2, 10) ?? Each(of, "cards", CarouselCard);

    public static string? OfCatalog(JsonElement of) =>
        Text(of, "body", Body) ?? Text(of, "title", 60) ?? Text(of, "subtitle", 60) ?? Count(of, "items", 0, 30);

    public static string? OfFlows(JsonElement of) => Text(of, "body", Body) ?? Text(of, "button_text", 20) ?? Text(of, "subtitle", 60);

    public static string? OfSchedule(JsonElement of) => Text(of, "title", Body);

    public static string? OfWhatsAppCard(JsonElement of) =>
        Text(of, "body", Body) ?? Text(of, "footer", 60) ?? Text(of, "header_text", 60) ?? Count(of, "media", 0, 1)
            ?? Count(of, "actions", 0, 10)
        ?? (JsonText.Member(of, "header_text") is { Length: > 0 } && JsonText.Member(of, "media") is { Length: > 2 }
            ? "a whatsapp/card has media or a header_text, not both"
            : null)
        ?? Each(of, "actions", Button);

    public static string? OfAuthentication(JsonElement of) =>
        Range(of, "code_expiration_minutes", 1, 90) ?? Count(of, "actions", 1, 1)
            ?? Each(of, "actions", a => Text(a, "copy_code_text", ButtonTitle));

    private static string? CarouselCard(JsonElement card)
    {
        const int Words = 160;
        var (title, body) = (JsonText.Member(card, "title") ?? "", JsonText.Member(card, "body") ?? "");
        return title.Length + body.Length > Words
            ? $"title and body together are longer than {Words} characters"
            : Count(card, "actions", 1, 2) ?? Each(card, "actions", Button);
    }

    /// <summary>A button leads where its type says.</summary>
    private static string? Button(JsonElement button)
    {
        var type = JsonText.Member(button, "type") ?? "QUICK_REPLY";
        var missing = type switch
        {
            "URL" when JsonText.Member(button, "url") is not { Length: > 0 } => "url",
            "PHONE_NUMBER" when JsonText.Member(button, "phone") is not { Length: > 0 } => "phone",
            "COPY_CODE" when JsonText.Member(button, "code") is not { Length: > 0 } => "code",
            _ => null,
        };
        return missing is not null
            ? $"a button of type {type} needs {missing}"
            : Text(button, "title", ButtonTitle) ?? Text(button, "id", Id);
    }

    private static string? Text(JsonElement of, string name, int most) =>
        JsonText.Member(of, name) is { } text && text.Length > most ? $"{name} has {text.Length} characters; at most {most}" : null;

    private static string? Range(JsonElement of, string name, double least, double most) =>
        Find(of, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number)
            && (number < least || number > most)
            ? $"{name} is {number}; {least} to {most}"
            : null;

    private static string? Count(JsonElement of, string name, int least, int most)
    {
        var count = Find(of, name) is { ValueKind: JsonValueKind.Array } list ? list.GetArrayLength() : 0;
        return count < least || count > most ? $"{name} has {count}; {least} to {most}" : null;
    }

    /// <summary>A member; null where there is none, or what should have it is no object.</summary>
    private static JsonElement? Find(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : null;

    private static string? Each(JsonElement of, string name, Func<JsonElement, string?> fault)
    {
        if (Find(of, name) is not { ValueKind: JsonValueKind.Array } list) return null;
        var at = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (fault(item) is { } wrong) return $"{name}[{at}]: {wrong}";
            at++;
        }
        return null;
    }
}
