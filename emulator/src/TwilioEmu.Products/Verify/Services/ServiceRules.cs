using System.Globalization;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Verify.Services;

/// <summary>What services, their rate limits, buckets and messaging configurations may be.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/verify/api/service, /service-rate-limits, /service-rate-limit-buckets.
/// How many limits and buckets a service may have is not published (inferred), nor which words its name may not have: those of the world
/// are, whatever their case and wherever they stand (inferred).
/// </remarks>
internal sealed class ServiceRules(
    VerifyShelf shelf, Func<AccountSid, IReadOnlyList<string>> restrictedWordsOf, Action<AccountSid, string, long> deleted)
{
    public const int UsualCodeLength = 6;

    private const int MaxFriendlyName = 32;

    // twilio.com/docs/verify/api/service (FriendlyName): not more than four digits in all.
    private const int MaxDigitsInName = 4;
    private const int MaxRateLimits = 10;
    private const int MaxBuckets = 10;
    private const int MaxUniqueName = 64;

    private static readonly (string Name, int From, int To)[] Ranges =
        [("CodeLength", 4, 10), ("Totp.TimeStep", 20, 60), ("Totp.CodeLength", 3, 8), ("Totp.Skew", 0, 2)];

    private readonly MailerRules _mailers = new(shelf);

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("CreateService", (request, stored) => Save(request, stored, null)),
        ("UpdateService", (request, stored) => Save(request, stored, shelf.MailerOf(request.Account, request.PathValues["Sid"]))),
        ("FetchService", ServiceFace.Show),
        ("ListService", ServiceFace.Show),
        ("DeleteService", Delete),
        ("CreateRateLimit", CreateRateLimit),
        ("CreateBucket", (request, stored) => BucketFault(request, null) is { } fault ? new Answer.Refusal(fault) : stored(request)),
        (
            "UpdateBucket",
            (request, stored) =>
                BucketFault(request, request.PathValues["Sid"]) is { } fault ? new Answer.Refusal(fault) : stored(request)),
        ("CreateMessagingConfiguration", CreateMessagingConfiguration),
    ];

    /// <summary>What is wrong with a name that is put into messages, or null.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxFriendlyName && name.All(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')
            && name.Count(char.IsDigit) <= MaxDigitsInName;

    private Answer Save(RestRequest request, Behaviour stored, Mailer? now)
    {
        if ((Fault(request) ?? MailerRules.Fault(request, now)) is { } fault) return new Answer.Refusal(fault);
        var answer = ServiceFace.Show(request, stored);
        if (answer is Answer.Resource { Kept: Document kept }) _mailers.Keep(request, kept.Key);
        return answer;
    }

    private TwilioError? Fault(RestRequest request)
    {
        var form = request.Form;
        if (form["FriendlyName"] is { } name && !IsName(name)) return Faults.Parameter("FriendlyName", name);
        if (form["FriendlyName"] is { } called
            && restrictedWordsOf(request.Account).Any(word => called.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            return ErrorCodes.Error(60248);
        }
        foreach (var (parameter, from, to) in Ranges)
        {
            if (form[parameter] is { } text
                && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < from || number > to))
            {
                return Faults.Parameter(parameter, text);
            }
        }
        if (form["DefaultTemplateSid"] is { Length: > 0 } template && shelf.FindTemplate(request.Account, template) is null)
        {
            return ErrorCodes.Error(60228);
        }
        return null;
    }

    private Answer Delete(RestRequest request, Behaviour stored)
    {
        var answer = stored(request);
        if (answer is not Answer.NoContent) return answer;
        deleted(request.Account, request.PathValues["Sid"], request.Cause);
        _mailers.Forget(request.Account, request.PathValues["Sid"], request.Cause);
        return answer;
    }

    private Answer CreateRateLimit(RestRequest request, Behaviour stored)
    {
        var name = request.Form["UniqueName"] ?? "";
        if (name.Length > MaxUniqueName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            return new Answer.Refusal(ErrorCodes.Error(60209));
        }
        var there = shelf.RateLimits(request.Account, request.PathValues["ServiceSid"]).OldestFirst().ToList();
        if (there.Any(l => l["unique_name"] == name)) return new Answer.Refusal(ErrorCodes.Error(60208));
        return there.Count >= MaxRateLimits ? new Answer.Refusal(ErrorCodes.Error(60207)) : stored(request);
    }

    private TwilioError? BucketFault(RestRequest request, string? own)
    {
        foreach (var parameter in (string[])["Max", "Interval"])
        {
            if (request.Form[parameter] is { } text
                && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1))
            {
                return Faults.Parameter(parameter, text);
            }
        }
        var there = shelf.Buckets(request.Account, request.PathValues["ServiceSid"], request.PathValues["RateLimitSid"]).OldestFirst()
            .Where(b => b.Key != own).ToList();
        if (request.Form["Interval"] is { } interval && there.Any(b => b["interval"] == interval)) return ErrorCodes.Error(60211);
        return own is null && there.Count >= MaxBuckets ? ErrorCodes.Error(60210) : null;
    }

    private Answer CreateMessagingConfiguration(RestRequest request, Behaviour stored)
    {
        var country = request.Form["Country"] ?? "";
        if (country != "all" && NumberPlans.FindCountry(country) is null) return new Answer.Refusal(Faults.Parameter("Country", country));
        return shelf.MessagingConfiguration(request.Account, request.PathValues["ServiceSid"], country) is null
            ? stored(request)
            : new Answer.Refusal(ErrorCodes.Error(60213));
    }
}
