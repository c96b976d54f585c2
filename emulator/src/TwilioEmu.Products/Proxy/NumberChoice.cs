using System.Text.Json;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Proxy;

/// <summary>Chooses the number of a service's pool under which a person reaches the other.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/proxy/api/service (NumberSelectionBehavior, GeoMatchLevel). A person has another
/// number in each open session. Radius and overlay look for the area code, as no distances are known here.
/// </remarks>
internal sealed class NumberChoice(ProxyBook book)
{
    private const int AreaDigits = 3;

    /// <summary>A number that fits, or the refusal.</summary>
    public (Document? Number, TwilioError? Fault) Choose(SessionKey key, Document service, Document session, string identifier)
    {
        var pool = book.Numbers(key.Account, key.Service).OldestFirst().Where(n => n["is_reserved"] != "true").ToList();
        if (book.Numbers(key.Account, key.Service).Count > 0 && pool.Count == 0) return (null, ErrorCodes.Error(80207));
        if (pool.Count == 0) return (null, ErrorCodes.Error(80205));
        var mode = session["mode"];
        if (mode != "message-only") pool.RemoveAll(n => !Can(n, "voice"));
        if (pool.Count == 0) return (null, ErrorCodes.Error(80201));
        if (mode != "voice-only") pool.RemoveAll(n => !Can(n, "sms"));
        if (pool.Count == 0) return (null, ErrorCodes.Error(80202));
        var country = NumberPlans.CountryOf(identifier);
        pool.RemoveAll(n => NumberPlans.CountryOf(n["phone_number"]!) != country);
        if (pool.Count == 0) return (null, ErrorCodes.Error(80203));
        if (service["geo_match_level"] is "area-code" or "overlay" or "radius")
        {
            pool.RemoveAll(n => Area(n["phone_number"]!) != Area(identifier));
        }
        if (pool.Count == 0)
        {
            return (null, NoneFor(identifier, 80206, "No number meets the GeoMatchLevel of the service for the target number."));
        }
        var former = book.BindingsOf(key.Account, identifier);
        pool.RemoveAll(n => former.Any(b => b.Number == n["phone_number"] && b.Session != key && book.Open(b.Session) is not null));
        if (pool.Count == 0)
        {
            return (null, NoneFor(identifier, 80208, "All matching proxies for this Participant are already in use in other Sessions."));
        }
        var isSticky = service["number_selection_behavior"] != "avoid-sticky";
        var known = former.Select(b => pool.Find(n => n["phone_number"] == b.Number)).FirstOrDefault(n => n is not null);
        if (isSticky && known is not null) return (known, null);
        var fresh = pool.Where(n => former.All(b => b.Number != n["phone_number"])).ToList();
        return ((fresh.Count > 0 ? fresh : pool).MinBy(n => int.TryParse(n["in_use"], out var uses) ? uses : 0), null);
    }

    // twilio.com/docs/api/errors/80206, 80208: the last four digits are not told.
    private static TwilioError NoneFor(string identifier, int code, string why) => ErrorCodes.Error(
        code,
        $"{ErrorCodes.Error(code).Message} Failed to find a proxy number for "
            + $"{(identifier.Length > 4 ? identifier[..^4] : identifier)}XXXX. {why}");

    private static string Area(string number) =>
        number.StartsWith("+1", StringComparison.Ordinal) && number.Length > 2 + AreaDigits ? number.Substring(2, AreaDigits) : "";

    private static bool Can(Document number, string what)
    {
        using var json = JsonText.Parse(number["capabilities"] ?? "{}");
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(what, out var can)
            && can.ValueKind == JsonValueKind.True;
    }
}
