using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>
/// Reads what a phone's owner does on a channel: the same words in stories and in <c>POST /_emu/v1/handsets/{number}/messages</c>.
/// </summary>
public static class TextDeedReader
{
    /// <summary>The words, one of which says it.</summary>
    public static IReadOnlyList<string> Words { get; } = ["taps", "picks", "shares"];

    /// <summary>The word that says a deed.</summary>
    public static string WordOf(TextDeed deed) => deed switch
    {
        TextDeed.Taps => "taps",
        TextDeed.Picks => "picks",
        TextDeed.Shares => "shares",
        _ => throw new InvalidOperationException($"no such deed: {deed.GetType().Name}"),
    };

    /// <summary>The deed of a mapping; null where it has none. The caller ends the mapping.</summary>
    public static TextDeed? Read(Fields fields)
    {
        var (button, item) = (fields.Text("taps", Config.Words.NonEmpty), fields.Text("picks", Config.Words.NonEmpty));
        var shares = ReadShares(fields);
        TextDeed?[] deeds = [button is null ? null : new TextDeed.Taps(button), item is null ? null : new TextDeed.Picks(item), shares];
        if (deeds.Count(d => d is not null) > 1) fields.Fault("picks", $"say one of {string.Join(", ", Words)}");
        return Array.Find(deeds, d => d is not null);
    }

    private static TextDeed.Shares? ReadShares(Fields fields)
    {
        if (fields.Mapping("shares") is not { } place) return null;
        var (latitude, longitude) = (place.Number("latitude", -90, 90), place.Number("longitude", -180, 180));
        if (latitude is null) place.Need("latitude");
        if (longitude is null) place.Need("longitude");
        var shared = new TextDeed.Shares(new RichPlace(latitude ?? 0, longitude ?? 0, place.Text("label"), place.Text("address")));
        place.End();
        return shared;
    }
}
