using System.Globalization;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Verify.Factors;

/// <summary>What an access token for the enrolment of a device may be asked with (twilio.com/docs/verify/api/access-token).</summary>
internal static class AccessTokenRules
{
    private const int MinTtl = 60;
    private const int MaxTtl = 300;

    public static IEnumerable<(string OperationId, Overlay Overlay)> Overlays => [("CreateAccessToken", Create)];

    private static Answer Create(RestRequest request, Behaviour stored)
    {
        if (request.Form["Identity"] is { } identity && !FactorOperations.IsIdentity(identity)) return Wrong("Identity", identity);
        if (request.Form["Ttl"] is { } ttl
            && (!int.TryParse(ttl, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < MinTtl or > MaxTtl))
        {
            return Wrong("Ttl", ttl);
        }
        return stored(request);
    }

    // twilio.com/docs/api/errors/60305.
    private static Answer.Refusal Wrong(string name, string value) =>
        new(ErrorCodes.Error(60305, $"Access Token parameters are invalid: {name} '{value}'"));
}
