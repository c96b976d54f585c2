using TwilioEmu.Accounts.Billing;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Voice.Callbacks;
using TwilioEmu.Voice.Conferences;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Voice.Paying;
using TwilioEmu.Voice.Queues;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Calls;

/// <summary>What every call of a world has at hand.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed record CallServices(
    World World, Exchange Exchange, IVoiceNumbers Numbers, Func<AccountSid, string> TokenOf, ILetterbox Letterbox, CallbackLanes Lanes,
    IPriceBook Prices)
{
    public StatusReporter Reporter => field ??= new StatusReporter(World, Lanes, PublicUrl);

    public CallBook Book { get; } = new(World);

    /// <summary>Scheme and authority under which the app reaches the REST API, for links.</summary>
    public required string PublicUrl { get; init; }

    public RecordingDesk Recordings => field ??= new RecordingDesk(this);

    /// <summary>Payments led by REST that go on.</summary>
    public List<PaymentSession> Payments { get; } = [];

    /// <summary>Where a recording's sound is, without an extension.</summary>
    public string UrlOf(Recording recording) => PublicUrl + recording.Path;

    /// <summary>
    /// True for the sound of a recording of the account's own, under the API's name or the emulator's: the service plays it, whoever else
    /// has to show credentials for it (inferred: apps play <c>RecordingUrl</c> back as it came).
    /// </summary>
    public bool IsOwnRecording(AccountSid account, string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var at) && at.UserInfo.Length == 0
        && (at.Host == "api.twilio.com" || (Uri.TryCreate(PublicUrl, UriKind.Absolute, out var own) && at.Authority == own.Authority))
        && at.AbsolutePath.StartsWith($"/2010-04-01/Accounts/{account.Value}/", StringComparison.Ordinal)
        && at.AbsolutePath.Contains("/Recordings/RE", StringComparison.Ordinal);

    /// <summary>Who knows the documents of calls to what is no number, in the order they were attached.</summary>
    public List<IInboundRoutes> Routes { get; } = [];

    /// <summary>Who knows BYOC trunks; null for nobody.</summary>
    public IByocTrunks? Byoc { get; set; }

    /// <summary>Who sends texts for calls; null for nobody.</summary>
    public ITextSender? Texts { get; set; }

    /// <summary>Who directs calls to numbers that are not left to their own URLs; null for nobody.</summary>
    public ICallInterest? Interest { get; set; }

    public QueueBook Queues { get; } = new(World);

    public ConferenceBook Conferences { get; } = new(World, new ConferenceReporter(World, Lanes));

    /// <summary>A debugger event: what Twilio's console would show.</summary>
    public Entry Raise(Call call, AlertLevel level, int code, string message, string? url, long cause) =>
        new Alert { Code = code, Level = level, Message = message, Url = string.IsNullOrEmpty(url) ? null : url }
            .Raise(World.Journal, call.Account, call.Sid, cause);

    /// <summary>Says aloud that something was asked for that the emulator does not do.</summary>
    public void NotEmulated(Call call, string what, long cause, AlertLevel level = AlertLevel.Warning, string? url = null)
    {
        var entry = World.Journal.Write(call.Account, WorldEntries.NotEmulated, call.Sid, cause, ("what", what));
        Raise(call, level, 13750, $"not emulated: {what}", url, entry.Seq);
    }

    /// <summary>A debugger event of the level the error list gives its code.</summary>
    public Entry Raise(Call call, int code, string message, string? url, long cause) =>
        Raise(call, ErrorLevels.Of(code), code, message, url, cause);

    /// <summary>A request to the app about a call, with the standard parameters and some more.</summary>
    public WebhookRequest RequestFor(
        Call call, string url, string method, WebhookPurpose purpose, IReadOnlyList<KeyValuePair<string, string>> extra, long cause) =>
        new()
        {
            Account = call.Account,
            Url = url,
            Method = method,
            Parameters = [.. CallParameters.Standard(call), .. OfOffer(call), .. TokenFor(call), .. extra],
            Subject = call.Sid,
            Purpose = purpose,
            Cause = cause,
            CookieJar = call.Sid,
            IsVoice = true,
            IsOwn = method == "GET" && IsOwnRecording(call.Account, url),
        };

    /// <summary>A callback with parameters of its own, beside a call's standard ones.</summary>
    public WebhookRequest Aside(
        Call call, string url, string method, WebhookPurpose purpose, long cause, IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        new()
        {
            Account = call.Account,
            Url = url,
            Method = method,
            Parameters = parameters,
            Subject = call.Sid,
            Purpose = purpose,
            Cause = cause,
            CookieJar = call.Sid,
            IsVoice = true,
        };

    /// <summary>What came along with the call; <c>To</c> and others that a page gave its phone are standard ones already.</summary>
    private IEnumerable<KeyValuePair<string, string>> OfOffer(Call call) =>
        Book.FindLive(call.Sid)?.Offer is { Parameters: { Count: > 0 } parameters }
            ? parameters.Where(p => !CallParameters.IsStandard(p.Key))
            : [];

    /// <summary>
    /// What an app needs to send the call on under the caller's own number, and what the carrier proved that number by; while a call
    /// that comes in rings (inferred).
    /// </summary>
    private IEnumerable<KeyValuePair<string, string>> TokenFor(Call call)
    {
        if (call is not { Direction: CallDirection.Inbound, Status: CallStatus.Ringing } || !call.From.StartsWith('+')) yield break;
        yield return new("CallToken", CallToken.Of(call, World.Clock.GetUtcNow(), TokenOf(call.Account)));
        if (Passport.Of(call) is { } passport) yield return new("StirPassportToken", passport);
    }
}
