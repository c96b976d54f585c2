using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Verify.Services;

/// <summary>Numbers that neither Fraud Guard nor geo permissions keep texts from.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/verify/api/safe-list: E.164; 30 requests a minute; twilio.com/docs/api/errors/60411: each stands there
/// once.
/// </remarks>
internal sealed class SafeListRules(VerifyShelf shelf)
{
    private const int RequestsPerMinute = 30;

    private readonly RequestPace _pace = new(shelf, "safe_list", RequestsPerMinute);

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("CreateSafelist", (request, stored) => _pace.Serve(request, asked => Add(asked, stored))),
        ("FetchSafelist", (request, stored) => _pace.Serve(request, stored)),
        ("DeleteSafelist", (request, stored) => _pace.Serve(request, stored)),
    ];

    private Answer Add(RestRequest request, Behaviour stored)
    {
        var given = request.Form["PhoneNumber"] ?? "";
        if (!GlobalSafeList.IsNumber(given)) return new Answer.Refusal(Faults.Parameter("PhoneNumber", given));
        return shelf.IsOnSafeList(request.Account, given) ? new Answer.Refusal(ErrorCodes.Error(60411)) : stored(request);
    }
}
