using System.Globalization;
using System.Text;
using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Sync;

/// <summary>What Sync's parameters may be. Pure. Each answers what is wrong, or null.</summary>
internal static class SyncRules
{
    /// <summary>Error dictionary 54006: data of a document or an item.</summary>
    public const int MaxData = 16 * 1024;

    /// <summary>twilio.com/docs/sync/api/stream-message-resource.</summary>
    public const int MaxStreamData = 4 * 1024;

    /// <summary>Error dictionary 54011: a year.</summary>
    private const int MaxTtl = 31_536_000;

    /// <summary>twilio.com/docs/sync/api/map-resource, /list-resource, /mapitem-resource; the error dictionary has an older 256.</summary>
    private const int MaxName = 320;

    public static TwilioError? OfData(FormValues form, int maxBytes)
    {
        if (form["Data"] is not { } data) return null;
        if (Encoding.UTF8.GetByteCount(data) > maxBytes) return ErrorCodes.Error(54006, $"Data is longer than {maxBytes} bytes");
        try
        {
            using var json = JsonText.Parse(data);
            return json.RootElement.ValueKind == JsonValueKind.Null ? ErrorCodes.Error(54101, "Data is null") : null;
        }
        catch (JsonException bad)
        {
            return ErrorCodes.Error(54008, $"Data is not valid JSON: {bad.Message}");
        }
    }

    /// <summary>Seconds, 0 for ever; empty text says nothing.</summary>
    public static TwilioError? OfTtl(FormValues form)
    {
        foreach (var name in (ReadOnlySpan<string>)["Ttl", "ItemTtl", "CollectionTtl"])
        {
            if (form[name] is not { Length: > 0 } text) continue;
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > MaxTtl)
            {
                return ErrorCodes.Error(54011, $"Invalid {name}: '{text}' is not a number of seconds from 0 to {MaxTtl}");
            }
        }
        return null;
    }

    /// <summary>Error dictionary 54302: not empty, and no SID's spelling.</summary>
    public static TwilioError? OfName(FormValues form) =>
        form["UniqueName"] is { } name && (name.Length is 0 or > MaxName || SidMint.IsSid(name))
            ? ErrorCodes.Error(54302, $"Invalid UniqueName: '{name}'")
            : null;

    /// <summary>Error dictionary 54209.</summary>
    public static TwilioError? OfKey(FormValues form) => form["Key"] is { Length: 0 or > MaxName } ? ErrorCodes.Error(54209) : null;

    /// <summary>The form with one of two names for the time to live, and without the other and the parent's.</summary>
    /// <param name="form">As sent.</param>
    /// <param name="wins">The name that rules where both are given: <c>ItemTtl</c>, <c>CollectionTtl</c>.</param>
    public static FormValues WithTtl(FormValues form, string wins)
    {
        if (form[wins] is null && form["CollectionTtl"] is null) return form;
        var ttl = form[wins] ?? form["Ttl"];
        var pairs = form.Pairs.Where(p => p.Key is not ("Ttl" or "ItemTtl" or "CollectionTtl")).ToList();
        if (ttl is not null) pairs.Add(KeyValuePair.Create("Ttl", ttl));
        return new FormValues(pairs);
    }
}
