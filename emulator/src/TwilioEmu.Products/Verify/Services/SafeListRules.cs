using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Verify.Services;

/// <summary>Numbers that neither Fraud Guard nor geo permissions keep texts from.</summary>
/// <remarks>Loop-confined. twilio.com/docs/verify/api/safe-list: E.164; twilio.com/docs/api/errors/60411: each stands there once.</remarks>
internal sealed class SafeListRules(VerifyShelf shelf)
{
    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays => [("CreateSafelist", Add)];

    private Answer Add(RestRequest request, Behaviour stored)
    {
        var given = request.Form["PhoneNumber"] ?? "";
        if (!E164.TryNormalize(given, out var number) || number != given || !NumberPlans.Parse(number, null).IsPossible)
        {
            return new Answer.Refusal(Faults.Parameter("PhoneNumber", given));
        }
        return shelf.IsOnSafeList(request.Account, number) ? new Answer.Refusal(ErrorCodes.Error(60411)) : stored(request);
    }
}
