using System.Text.Json;

namespace TwilioEmu.Carrier.Switching;

/// <summary>What a channel shows around the words of a text: buttons, a list, cards, a place.</summary>
/// <remarks>twilio.com/docs/content/content-types-overview. Variables are filled in.</remarks>
public sealed record RichContent
{
    /// <summary>The content type it was sent as: <c>twilio/quick-reply</c>.</summary>
    public required string Type { get; init; }

    /// <summary>True for an approved template, whose buttons are told otherwise than those of a session.</summary>
    public bool IsTemplate { get; init; }

    public string? Title { get; init; }

    public string? Subtitle { get; init; }

    public string? Footer { get; init; }

    public IReadOnlyList<RichButton> Buttons { get; init; } = [];

    /// <summary>What opens the list of <see cref="Items"/>.</summary>
    public string? ListButton { get; init; }

    public IReadOnlyList<RichItem> Items { get; init; } = [];

    public IReadOnlyList<RichCard> Cards { get; init; } = [];

    public RichPlace? Place { get; init; }

    /// <summary>The button of a title, on a card too; or null.</summary>
    public RichButton? Button(string title) => Buttons.Concat(Cards.SelectMany(c => c.Buttons)).FirstOrDefault(b => b.Title == title);

    /// <summary>Writes it as an object; what is not there is left out.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", Type);
        if (Title is not null) json.WriteString("title", Title);
        if (Subtitle is not null) json.WriteString("subtitle", Subtitle);
        if (Footer is not null) json.WriteString("footer", Footer);
        WriteButtons(json, Buttons);
        if (ListButton is not null) json.WriteString("button", ListButton);
        if (Items.Count > 0)
        {
            json.WriteStartArray("items");
            foreach (var item in Items)
            {
                json.WriteStartObject();
                json.WriteString("id", item.Id);
                json.WriteString("title", item.Title);
                if (item.Description is not null) json.WriteString("description", item.Description);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (Cards.Count > 0)
        {
            json.WriteStartArray("cards");
            foreach (var card in Cards)
            {
                json.WriteStartObject();
                if (card.Title is not null) json.WriteString("title", card.Title);
                if (card.Body is not null) json.WriteString("body", card.Body);
                if (card.MediaUrl is not null) json.WriteString("media_url", card.MediaUrl);
                WriteButtons(json, card.Buttons);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (Place is { } place)
        {
            json.WriteStartObject("place");
            place.WriteMembers(json);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteButtons(Utf8JsonWriter json, IReadOnlyList<RichButton> buttons)
    {
        if (buttons.Count == 0) return;
        json.WriteStartArray("buttons");
        foreach (var button in buttons)
        {
            json.WriteStartObject();
            json.WriteString("type", button.Type);
            json.WriteString("title", button.Title);
            if (button.Id is not null) json.WriteString("id", button.Id);
            if (button.Leads is not null) json.WriteString("leads", button.Leads);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}

/// <summary>A button.</summary>
/// <param name="Type"><c>QUICK_REPLY</c>, <c>URL</c>, <c>PHONE_NUMBER</c>, <c>COPY_CODE</c>, ...</param>
/// <param name="Title">What it says.</param>
/// <param name="Id">What the app is told when it is tapped; null for its title.</param>
/// <param name="Leads">The URL, number or code behind it; null for a reply.</param>
public sealed record RichButton(string Type, string Title, string? Id, string? Leads);

/// <summary>One choice of a list.</summary>
public sealed record RichItem(string Id, string Title, string? Description);

/// <summary>One card of several.</summary>
public sealed record RichCard(string? Title, string? Body, string? MediaUrl, IReadOnlyList<RichButton> Buttons);

/// <summary>A place on the map; degrees, WGS 84.</summary>
public sealed record RichPlace(double Latitude, double Longitude, string? Label, string? Address)
{
    /// <summary>Writes its members, without braces.</summary>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteNumber("latitude", Latitude);
        json.WriteNumber("longitude", Longitude);
        if (Label is not null) json.WriteString("label", Label);
        if (Address is not null) json.WriteString("address", Address);
    }
}
