using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.DialingPermissions;

/// <summary>Voice dialing geographic permissions at the front door (twilio.com/docs/voice/api/dialing-permissions-resources).</summary>
/// <remarks>Loop-confined. None of the refusals has a code of its own in the error dictionary: 20001 (inferred).</remarks>
public sealed class PermissionOperations(PermissionBook book)
{
    /// <summary>What it does for which operation.</summary>
    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("voice_v1/ListDialingPermissionsCountry", List),
        ("voice_v1/FetchDialingPermissionsCountry", Fetch),
        ("voice_v1/ListDialingPermissionsHrsPrefixes", ListPrefixes),
        ("voice_v1/CreateDialingPermissionsCountryBulkUpdate", Update),
        ("voice_v1/FetchDialingPermissionsSettings", request => Answer.Of(new SettingsFace(book.Inherits(request.Account)))),
        ("voice_v1/UpdateDialingPermissionsSettings", UpdateSettings),
    ];

    private Answer List(RestRequest request)
    {
        var query = request.Query;
        var code = query["CountryCode"]?.Trim().TrimStart('+');
        return new Answer.List(after => NumberPlans.Countries
            .SkipWhile(c => after is not null && c.IsoCode != after)
            .Skip(after is null ? 0 : 1)
            .Where(c => Is(c.IsoCode, query["IsoCode"]) && Is(Continents.Of(c.IsoCode), query["Continent"]))
            .Where(c => string.IsNullOrEmpty(code) || c.CallingCode == code || NumberPlans.CodesOf(c).Contains("+" + code))
            .Select(c => (c.IsoCode, Face: new CountryFace(c, book.Of(request.Account, c.IsoCode))))
            .Where(c => Is(c.Face.IsLowRiskOn, query["LowRiskNumbersEnabled"])
                && Is(c.Face.IsHighRiskSpecialOn, query["HighRiskSpecialNumbersEnabled"])
                && Is(c.Face.IsHighRiskTollFraudOn, query["HighRiskTollfraudNumbersEnabled"]))
            .Select(c => (c.IsoCode, (IFace)c.Face)));
    }

    // The code in lower case is taken as well (inferred).
    private Answer Fetch(RestRequest request) => NumberPlans.FindCountry(request.PathValues["IsoCode"]) is { } country
        ? Answer.Of(new CountryFace(country, book.Of(request.Account, country.IsoCode)))
        : Answer.NotFound(request);

    private static Answer ListPrefixes(RestRequest request)
    {
        if (NumberPlans.FindCountry(request.PathValues["IsoCode"]) is not { } country) return Answer.NotFound(request);
        var prefixes = NumberPlans.PrefixesOf(country.IsoCode, PermissionBook.SpecialLines);
        return new Answer.List(after =>
            (after is null ? prefixes : prefixes.SkipWhile(p => p != after).Skip(1)).Select(p => (p, (IFace)new PrefixFace(p))));
    }

    private Answer Update(RestRequest request)
    {
        var (changed, fault) = UpdateReader.Read(request.Form["UpdateRequest"]!, iso => book.OwnOf(request.Account, iso));
        if (fault is not null) return Answer.Refuse(20001, $"Invalid UpdateRequest: {fault}");
        foreach (var permission in changed) book.Put(request.Account, permission, request.Cause);
        return Answer.Of(new BulkUpdateFace(changed.Count));
    }

    private Answer UpdateSettings(RestRequest request)
    {
        if (request.Form["DialingPermissionsInheritance"] is { Length: > 0 } inherits)
        {
            book.PutInheritance(request.Account, inherits.Equals("true", StringComparison.OrdinalIgnoreCase), request.Cause);
        }
        return Answer.Of(new SettingsFace(book.Inherits(request.Account)));
    }

    private static bool Is(string? actual, string? wanted) =>
        string.IsNullOrEmpty(wanted) || string.Equals(actual, wanted, StringComparison.OrdinalIgnoreCase);

    private static bool Is(bool actual, string? wanted) => Is(actual ? "true" : "false", wanted);
}
