using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Randomness;
using TwilioEmu.Products.Verify.Sending;
using TwilioEmu.Products.Verify.Services;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Verify.Verifications;

/// <summary>Starts verifications, and sends their codes again.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/verify/api/verification, /rate-limits-and-timeouts: while one is pending for a
/// service and an address, another start sends the same code again under the same SID; its time goes on from the first.
/// </remarks>
internal sealed class VerificationStart(
    Floor floor, VerifyShelf shelf, VerificationBook book, CodeSender sender, Func<ParsedNumber, NumberFacts> facts)
{
    /// <summary>twilio.com/docs/api/errors/60203.</summary>
    public const int MaxSends = 5;

    // twilio.com/docs/api/errors/60223, 60238, 60410, 60605.
    private const int SwitchedOff = 60223;
    private const int Embargoed = 60238;
    private const int Fraud = 60410;
    private const int Geography = 60605;

    private readonly VerificationForm _form = new(shelf);
    private readonly RateLimiter _limiter = new(shelf);
    private readonly Chance _codes = floor.World.KeptChances("verify codes");

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours => [("verify_v2/CreateVerification", Start)];

    /// <summary>1. What is asked for; 2. whether this address may be written to; 3. how often; 4. the code, anew or again.</summary>
    private Answer Start(RestRequest request)
    {
        if (shelf.FindService(request.Account, request.PathValues["ServiceSid"]) is not { } service) return Answer.NotFound(request);
        // 1.
        var (asked, fault) = _form.Read(request, service);
        if (fault is not null) return new Answer.Refusal(fault);
        // 2.
        var lookup = service.LooksUp && asked!.Channel != "email" ? facts(NumberPlans.Parse(asked.To, null)) : null;
        if (Barred(request, service, asked!, lookup) is { } barred) return new Answer.Refusal(barred);
        // 3.
        var open = book.FindOpen(request.Account, service.Sid, asked!.To);
        if (open is { Status: VerificationStatus.MaxAttemptsReached }) return new Answer.Refusal(ErrorCodes.Error(60202));
        if (open is { Sends.Length: >= MaxSends }) return new Answer.Refusal(ErrorCodes.Error(60203));
        if (_limiter.Fault(request, service.Sid) is { } limited) return new Answer.Refusal(limited);
        // 4.
        var now = shelf.Now;
        var code = asked.Code.Length > 0 ? asked.Code : open?.Code ?? NewCode(service.CodeLength);
        var verification = (open ?? new Verification
        {
            Sid = shelf.World.Sids.New("VE"),
            Account = request.Account,
            ServiceSid = service.Sid,
            To = asked.To,
            Channel = asked.Channel,
            Code = code,
            Created = now,
            Updated = now,
            Expires = now + VerificationBook.TimeToLive,
        }) with
        {
            Channel = asked.Channel,
            Code = code,
            Updated = now,
            Amount = asked.Amount,
            Payee = asked.Payee,
            Lookup = lookup is null ? null : CarrierOf(lookup),
        };
        verification = verification with
        {
            Sends = verification.Sends.Add(new SendAttempt(now, asked.Channel, shelf.World.Sids.New("VL"))),
        };
        var entry = book.Send(verification, request.Cause);
        sender.Send(verification, asked with { Code = code }, entry.Seq);
        return Answer.Of(verification);
    }

    private TwilioError? Barred(RestRequest request, ServiceSettings service, CodeOnItsWay asked, NumberFacts? lookup)
    {
        if (floor.Accounts.Find(request.Account) is { VerifyChannelsOff: { Count: > 0 } off } && off.Contains(asked.Channel))
        {
            // The words as an account met them (github.com/supabase/supabase/issues/34385).
            return ErrorCodes.Error(SwitchedOff, $"Delivery channel disabled: {asked.Channel.ToUpperInvariant()}");
        }
        if (asked.Channel == "email") return null;
        if (floor.Accounts.Find(request.Account) is { IsTrial: true } && !floor.Numbers.CallerIds.IsVerified(request.Account, asked.To)
            && floor.Numbers.Find(asked.To)?.Account != request.Account)
        {
            return TwilioError.BadRequest(
                21608, $"The phone number {asked.To} is unverified. Trial accounts cannot send messages to unverified numbers");
        }
        if (Embargo.Holds(asked.To)) return ErrorCodes.Error(Embargoed);
        if (lookup is { LineType: "landline" } && service.SkipsLandlines && asked.Channel == "sms") return ErrorCodes.Error(60205);
        var known = facts(NumberPlans.Parse(asked.To, null));
        var code = known.VerifyError ?? (known.IsBlocked == true && asked.Channel == "sms" ? Fraud
            : asked.Channel is "sms" or "call" && IsSwitchedOff(request.Account, asked.To) ? Geography : 0);
        // Neither is heeded where the app takes the risk, or vouches for the number
        // (twilio.com/docs/verify/api/verification, RiskCheck; /safe-list; /preventing-toll-fraud/verify-geo-permissions;
        // twilio.com/docs/usage/global-safe-list, which is for calls as well).
        if (code is Fraud or Geography
            && ((asked.Channel == "sms" && (request.Form["RiskCheck"] == "disable" || shelf.IsOnSafeList(request.Account, asked.To)))
                || (asked.Channel is "sms" or "call" && shelf.IsOnGlobalSafeList(request.Account, asked.To))))
        {
            return null;
        }
        return code switch
        {
            0 => null,
            Fraud =>
                ErrorCodes.Error(
                    Fraud,
                    $"The destination phone number has been temporarily blocked by Twilio due to fraudulent activities. {asked.To} prefix "
                        + $"is blocked for the {asked.Channel.ToUpperInvariant()} channel"),
            Geography =>
                ErrorCodes.Error(
                    Geography,
                    $"The destination phone number has been blocked by Verify Geo-Permissions. {asked.To} is blocked for {asked.Channel} "
                        + "channel for all services"),
            _ when ErrorCodes.Find(code) is not null => ErrorCodes.Error(code),
            _ => TwilioError.BadRequest(code, "Verification Creation Attempt refused"),
        };
    }

    private bool IsSwitchedOff(AccountSid account, string to) =>
        floor.Accounts.Find(account) is { VerifyBlocks: { Count: > 0 } blocks } && blocks.Contains(NumberPlans.CountryOf(to));

    private string NewCode(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)('0' + _codes.Next(10))));

    private static string CarrierOf(NumberFacts facts) => new System.Text.Json.Nodes.JsonObject
    {
        ["carrier"] = new System.Text.Json.Nodes.JsonObject
        {
            ["mobile_country_code"] = facts.MobileCountryCode,
            ["type"] = facts.LineType switch { "landline" => "landline", "fixedVoip" or "nonFixedVoip" => "voip", _ => "mobile" },
            ["error_code"] = null,
            ["mobile_network_code"] = facts.MobileNetworkCode,
            ["name"] = facts.Carrier,
        },
    }.ToJsonString();
}
