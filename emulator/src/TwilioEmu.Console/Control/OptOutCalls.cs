using TwilioEmu.Kernel.Ids;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Console.Control;

/// <summary>Advanced Opt-Out: what the live Console sets, no request of the REST API does.</summary>
internal static class OptOutCalls
{
    /// <summary>
    /// <c>PUT /opt-outs/SERVICE?account {"keywords":[{"type","words","reply","country"}]}</c>; an empty list takes it back.
    /// </summary>
    public static async Task<ControlAnswer?> PutAsync(ControlRequest request)
    {
        var (account, service) = (request.Query("account"), request.Value("service"));
        var rules = await request.BodyAsync(body => ServiceReader.ReadOptOut(body, "keywords"));
        var found = await request.TurnAsync(() =>
            request.House.SetOptOut(account is null ? null : new AccountSid(account), service, rules));
        return found
            ? ControlAnswer.Ok(json =>
            {
                json.WriteString("service_sid", service);
                json.WriteNumber("keywords", rules.Count);
            })
            : ControlAnswer.Problem(404, $"the account has no Messaging Service {service}");
    }
}
