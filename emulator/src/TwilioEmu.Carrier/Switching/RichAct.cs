using System.Globalization;

namespace TwilioEmu.Carrier.Switching;

/// <summary>What a phone's owner does on a channel instead of writing.</summary>
/// <remarks>twilio.com/docs/messaging/guides/webhook-request: ButtonText, ListId, Latitude and their kin.</remarks>
public abstract record RichAct
{
    /// <summary>Taps a button of a text it received.</summary>
    /// <param name="Title">What the button says.</param>
    /// <param name="Payload">What the app is told: its id, or else its title.</param>
    /// <param name="OfTemplate">True for the button of an approved template, which is told otherwise than one of a session.</param>
    /// <param name="RepliesTo">MessageSid of that text.</param>
    public sealed record Tap(string Title, string Payload, bool OfTemplate, string RepliesTo) : RichAct;

    /// <summary>Picks an item of a list it received.</summary>
    /// <param name="Item">Which.</param>
    /// <param name="RepliesTo">MessageSid of that text.</param>
    public sealed record Pick(RichItem Item, string RepliesTo) : RichAct;

    /// <summary>Shares where it is.</summary>
    public sealed record Share(RichPlace Place) : RichAct;

    private RichAct() { }

    /// <summary>The words it counts as: a button's or an item's title, nothing for a place.</summary>
    public string Body => this switch
    {
        Tap tap => tap.Title,
        Pick pick => pick.Item.Title,
        _ => "",
    };

    /// <summary>For the journal.</summary>
    public override string ToString() => this switch
    {
        Tap tap => $"taps {tap.Title}",
        Pick pick => $"picks {pick.Item.Title}",
        Share share => string.Create(CultureInfo.InvariantCulture, $"shares {share.Place.Latitude},{share.Place.Longitude}"),
        _ => throw new InvalidOperationException($"no such act: {GetType().Name}"),
    };
}
