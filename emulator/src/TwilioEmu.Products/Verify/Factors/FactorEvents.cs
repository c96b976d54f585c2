using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Verify.Factors;

/// <summary>Calls the webhooks of a service: factors made, verified, deleted; challenges approved, denied.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/verify/api/webhooks; the members beyond type and SIDs are as remembered from that page.
/// </remarks>
internal sealed class FactorEvents(Floor floor, VerifyShelf shelf)
{
    private readonly CallbackLanes _lanes = floor.NewLanes();

    public void Tell(string type, AccountSid account, string service, Document about, long cause)
    {
        var isChallenge = type.StartsWith("challenge.", StringComparison.Ordinal);
        foreach (var webhook in shelf.Webhooks(account, service).OldestFirst().ToList())
        {
            if (webhook["status"] == "disabled" || webhook["webhook_url"] is not { Length: > 0 } url
                || !Takes(webhook["event_types"], type))
            {
                continue;
            }
            List<KeyValuePair<string, string>> parameters =
            [
                new("uid", floor.World.Sids.NewSecret()), new("type", type), new("account_sid", account.Value), new("service_sid", service),
                new("entity_sid", about["entity_sid"] ?? ""), new("identity", about["identity"] ?? ""),
                new("factor_sid", (isChallenge ? about["factor_sid"] : about.Key) ?? ""), new("factor_type", about["factor_type"] ?? ""),
            ];
            if (isChallenge)
            {
                parameters.AddRange([
                    new("challenge_sid", about.Key), new("challenge_details", about["details"] ?? "{}"),
                    new("challenge_hidden_details", about["hidden_details"] ?? "{}"),
                ]);
            }
            else
            {
                parameters.Add(new("factor_friendly_name", about["friendly_name"] ?? ""));
            }
            var request = new WebhookRequest
            {
                Account = account,
                Url = url,
                Method = "POST",
                Parameters = parameters,
                Subject = about.Key,
                Purpose = WebhookPurpose.VerifyCallback,
                Cause = cause,
            };
            _lanes.Enqueue(about.Key, request, answer =>
            {
                if (answer.Status is >= 200 and < 300) return;
                new Alert
                {
                    Code = 60330,
                    Level = AlertLevel.Error,
                    Message = $"Failed to invoke the webhook: {type}",
                    Url = url,
                }.Raise(floor.World.Journal, account, about.Key, answer.Entry);
            });
        }
    }

    private static bool Takes(string? types, string type)
    {
        if (string.IsNullOrEmpty(types)) return false;
        using var json = JsonText.Parse(types);
        return json.RootElement.EnumerateArray().Any(t => t.GetString() is "*" || t.GetString() == type);
    }
}
