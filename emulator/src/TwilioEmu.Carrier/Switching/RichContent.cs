using System.Text.Json;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Carrier.Switching;

/// <summary>What a channel shows around the words of a text: buttons, a list, cards, a place.</summary>
/// <remarks>twilio.com/docs/content/content-types-overview. Variables are filled in.</remarks>
public sealed record RichContent
{
    /// <summary>Along its members, to be written and read back.</summary>
    public static RichContent Walk(RichContent? r, Members m) => new()
    {
        Type = m.Text("type", r?.Type),
        IsTemplate = m.Flag("is_template", r?.IsTemplate),
        Title = m.TextOrNull("title", r?.Title),
        Subtitle = m.TextOrNull("subtitle", r?.Subtitle),
        Footer = m.TextOrNull("footer", r?.Footer),
        Buttons = m.List("buttons", r?.Buttons, RichButton.Walk),
        ListButton = m.TextOrNull("list_button", r?.ListButton),
        Items = m.List("items", r?.Items, RichItem.Walk),
        Cards = m.List("cards", r?.Cards, RichCard.Walk),
        Place = m.PartOrNull("place", r?.Place, RichPlace.Walk),
    };

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
public sealed record RichButton(string Type, string Title, string? Id, string? Leads)
{
    internal static RichButton Walk(RichButton? r, Members m) =>
        new(m.Text("type", r?.Type), m.Text("title", r?.Title), m.TextOrNull("id", r?.Id), m.TextOrNull("leads", r?.Leads));
}

/// <summary>One choice of a list.</summary>
public sealed record RichItem(string Id, string Title, string? Description)
{
    internal static RichItem Walk(RichItem? r, Members m) =>
        new(m.Text("id", r?.Id), m.Text("title", r?.Title), m.TextOrNull("description", r?.Description));
}

/// <summary>One card of several.</summary>
public sealed record RichCard(string? Title, string? Body, string? MediaUrl, IReadOnlyList<RichButton> Buttons)
{
    internal static RichCard Walk(RichCard? r, Members m) =>
        new(
            m.TextOrNull("title", r?.Title), m.TextOrNull("body", r?.Body), m.TextOrNull("media_url", r?.MediaUrl),
            m.List("buttons", r?.Buttons, RichButton.Walk));
}

/// <summary>A place on the map; degrees, WGS 84.</summary>
public sealed record RichPlace(double Latitude, double Longitude, string? Label, string? Address)
{
    internal static RichPlace Walk(RichPlace? r, Members m) =>
        new(
            m.Fraction("latitude", r?.Latitude), m.Fraction("longitude", r?.Longitude), m.TextOrNull("label", r?.Label),
            m.TextOrNull("address", r?.Address));

    /// <summary>Writes its members, without braces.</summary>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteNumber("latitude", Latitude);
        json.WriteNumber("longitude", Longitude);
        if (Label is not null) json.WriteString("label", Label);
        if (Address is not null) json.WriteString("address", Address);
    }
}
