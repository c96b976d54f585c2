using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Accounts.Attaching;

/// <summary>Twilio's own webhooks (webhooks.twilio.com), to which numbers point and apps redirect, answered inside the world.</summary>
/// <remarks>
/// <c>/v1/Accounts/AC.../PRODUCT/SID[/...]</c>: <c>Proxy/KS.../Webhooks/Call</c> (twilio.com/docs/proxy), <c>Flows/FW...</c> of Studio.
/// What nobody here answers is told as not emulated. Loop-confined.
/// </remarks>
public sealed class OwnHooks(World world) : IApp
{
    public const string Host = "webhooks.twilio.com";

    // /v1/Accounts/AC.../PRODUCT/SID
    private const int LeastParts = 5;

    private readonly Dictionary<string, Func<OwnHook, Task<AppAnswer>>> _products = new(StringComparer.Ordinal);

    /// <summary>A product answers what comes for it.</summary>
    /// <param name="product">Its word in the path.</param>
    /// <param name="answer">Its answer.</param>
    public void On(string product, Func<OwnHook, Task<AppAnswer>> answer) => _products.Add(product, answer);

    /// <inheritdoc/>
    public Task<AppAnswer> AnswerAsync(AppRequest request, CancellationToken cancellation)
    {
        var parts = request.Url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var errand = request.Headers.FirstOrDefault(h => h.Key == WorldJournal.TokenHeader).Value;
        var account = request.Parameters.FirstOrDefault(p => p.Key == "AccountSid").Value;
        // A request is signed by its own account; another's hooks are none of its business.
        if (parts.Length < LeastParts || parts[1] != "Accounts" || parts[2] != account) return Nothing(request);
        var cause = world.Journal.CauseOf(errand);
        var hook = new OwnHook(new AccountSid(account), parts[4], [.. parts.Skip(LeastParts)], request.Parameters, cause);
        if (_products.TryGetValue(parts[3], out var answer)) return answer(hook);
        var what = parts[3] == "Flows"
            ? $"Studio runs no flows here, so nobody answers at {request.Url}: point the number at your app, "
                + "or at a TwiML Bin (twiml_bins:)"
            : $"nobody answers at {request.Url}";
        var subject = hook["CallSid"] ?? hook["MessageSid"] ?? hook.Sid;
        world.Journal.Write(hook.Account, WorldEntries.NotEmulated, subject, cause, ("what", what));
        return Task.FromResult(new AppAnswer(501, "text/plain", what));
    }

    private static Task<AppAnswer> Nothing(AppRequest request) =>
        Task.FromResult(new AppAnswer(404, "text/plain", $"nothing is known of {request.Url.GetLeftPart(UriPartial.Path)}"));
}

/// <summary>What came to one of Twilio's own webhooks.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Sid">Of the service or flow.</param>
/// <param name="Rest">What follows in the path.</param>
/// <param name="Parameters">Of the call or message.</param>
/// <param name="Cause">Seq of the entry it follows from.</param>
public sealed record OwnHook(
    AccountSid Account, string Sid, IReadOnlyList<string> Rest, IReadOnlyList<KeyValuePair<string, string>> Parameters, long Cause)
{
    /// <summary>A parameter; null for none.</summary>
    public string? this[string name] => Parameters.FirstOrDefault(p => p.Key == name).Value;
}
