using TwilioEmu.Kernel.Ids;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Console.Control;

/// <summary>
/// What carriers, reviewers and WhatsApp say of brands, campaigns, toll-free verifications, channel senders and templates.
/// </summary>
internal static class RegistrationCalls
{
    /// <summary><c>PUT /registrations/SID?account {"status","error_code","score"}</c>.</summary>
    public static async Task<ControlAnswer?> PutAsync(ControlRequest request)
    {
        var (account, sid) = (request.Query("account"), request.Value("sid"));
        var (status, code, score) = await request.BodyAsync(body =>
            (body.NeedText("status", Words.NonEmpty), (int?)body.Whole("error_code", 10_000, 99_999), (int?)body.Whole("score", 1, 100)));
        var found = await request.TurnAsync(() =>
            request.House.MoveRegistration(account is null ? null : new AccountSid(account), sid, status, code, score));
        return found
            ? ControlAnswer.Ok(json =>
            {
                json.WriteString("sid", sid);
                json.WriteString("status", status);
            })
            : ControlAnswer.Problem(404, $"the account has no brand, campaign, verification, profile, channel sender or template {sid}");
    }
}
