using System.Text;
using TwilioEmu.Kernel.Randomness;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Webhooks.Addresses;
using TwilioEmu.Webhooks.Breakpoints;
using TwilioEmu.Webhooks.Caching;
using TwilioEmu.Webhooks.Cookies;
using TwilioEmu.Webhooks.Delivery;
using TwilioEmu.Webhooks.Wires;

namespace TwilioEmu.Webhooks.Exchanges;

/// <summary>One webhook from the first byte out to the last answer in: attempts, challenge, redirects, cookies.</summary>
/// <remarks>
/// Loop-confined. 1. Send, and again at once as the retry policy says (of a pause between attempts Twilio's
/// page says nothing: none, inferred). 2. Keep cookies. 3. A 401 is answered once with the URL's credentials.
/// 4. A redirect is followed, re-signed. 5. What is left is judged by <see cref="Verdict"/>.
/// What was kept of an answer to GET is asked for with its validators, and stands for a 304.
/// </remarks>
internal sealed class Exchange(WebhookRequest request, string? idempotencyToken, Exchange.Tools tools)
{
    // twilio.com/docs/voice/twiml: redirects followed; more are error 11215.
    private const int MaxRedirects = 10;

    private readonly List<AttemptNote> _attempts = [];
    private TimeSpan _left;
    private string? _authorization = request.IsOwn && tools.Options.TokenOf(request.Account) is { } token
        ? Credentials.Basic(request.Account.Value, token)
        : null;

    public async Task<ExchangeResult> RunAsync(Outgoing outgoing, Uri documentBase, CancellationToken cancellation)
    {
        var overrides = outgoing.Url.Overrides;
        _left = overrides.TotalTimeout;
        for (var redirects = 0; ;)
        {
            // 1.
            var hop = outgoing;
            var answer = await AttemptAsync(hop, overrides, cancellation);
            for (var retries = 0; answer.IsRetriable && retries < overrides.Retries; retries++)
            {
                answer = await AttemptAsync(hop, overrides, cancellation);
            }
            if (MayCache(hop)) answer = Cached(hop, answer);
            if (answer.Fault is { } fault) return End(answer, documentBase, new(fault.Code, fault.Message));
            // 2.
            KeepCookies(hop.Url.Uri, answer);
            // 3.
            if (answer.Status == 401 && _authorization is null && Challenge(hop, answer) is { } authorization)
            {
                _authorization = authorization;
                continue;
            }
            // 4.
            if (answer.Status is not (>= 300 and < 400)) return End(answer, documentBase, Verdict.On(answer, request, hop));
            if (answer.Status is not (301 or 302 or 303 or 307))
            {
                // 308 adds or drops a slash in some frameworks.
                var leads = answer.Header("Location") is { } named ? hop.Url.Resolve(named) : null;
                var cure = leads is null ? "" : $"; configure {leads.Shown} itself";
                return End(answer, documentBase, new(11216, $"Invalid redirect: HTTP status {answer.Status} is not followed{cure}"));
            }
            if (redirects++ == MaxRedirects) return End(answer, documentBase, new(11215, $"Too many redirects: more than {MaxRedirects}"));
            var location = answer.Header("Location");
            if (location is null || hop.Url.Resolve(location) is not { } next)
            {
                return End(answer, documentBase, new(11216, $"Invalid redirect: the Location '{location}' cannot be followed"));
            }
            if (next.Origin != hop.Url.Origin) _authorization = null;
            outgoing = hop.Redirected(request, answer.Status.Value, next);
            documentBase = next.Base();
        }
    }

    /// <summary>What may be used without asking; null where the app is to be asked.</summary>
    public KeptAnswer? Fresh(Outgoing outgoing) =>
        MayCache(outgoing) && tools.Cache.TryGet(request.Account, outgoing.Url.Shown, out var kept)
            && tools.Clock.GetUtcNow() < kept.FreshUntil
            ? kept
            : null;

    /// <summary>Documents and files got by GET, without credentials or cookies (RFC 9111 §3.5; of cookies inferred).</summary>
    private bool MayCache(Outgoing outgoing) =>
        outgoing.Method == "GET" && !request.IsCallback && !request.IsOwn && outgoing.Url.UserInfo is null
        && (request.CookieJar is not { } jar || tools.Jars.HeaderFor(jar, outgoing.Url.Uri, tools.Clock.GetUtcNow()) is null);

    /// <summary>A 304 stands for what was kept; what may be kept is.</summary>
    private WireAnswer Cached(Outgoing hop, WireAnswer answer)
    {
        var now = tools.Clock.GetUtcNow();
        var url = hop.Url.Shown;
        if (answer.Status != 304 || !tools.Cache.TryGet(request.Account, url, out var kept))
        {
            tools.Cache.Take(request.Account, url, answer, now);
            return answer;
        }
        kept = kept.Renewed(answer, now);
        tools.Cache.Renew(request.Account, url, kept);
        return kept.Answer;
    }

    /// <summary>An exchange whose app is somebody who answers by hand: judged like any other, with no attempt on any wire.</summary>
    public static ExchangeResult ByHand(HandAnswer given, WebhookRequest request, Outgoing outgoing, Uri documentBase)
    {
        var answer = new WireAnswer
        {
            Status = given.Status,
            ContentType = given.ContentType,
            Headers = given.ContentType is null ? [] : [new("Content-Type", given.ContentType)],
            Body = Encoding.UTF8.GetBytes(given.Body),
        };
        return new(answer, documentBase, Verdict.On(answer, request, outgoing), []);
    }

    private async Task<WireAnswer> AttemptAsync(Outgoing outgoing, ConnectionOverrides overrides, CancellationToken cancellation)
    {
        var route = tools.Routes.Find(outgoing.Url);
        if (_left <= TimeSpan.Zero) return Note(outgoing, WireFaults.OutOfTime(TimeSpan.Zero), null, TimeSpan.Zero, []);
        var cookies = request.CookieJar is { } jar ? tools.Jars.HeaderFor(jar, outgoing.Url.Uri, tools.Clock.GetUtcNow()) : null;
        var headers = Headers(outgoing, route, cookies);
        var limits = new WireLimits(
            overrides.ConnectTimeout, overrides.ReadTimeout, _left,
            request.IsMedia ? tools.Options.MaxMediaBytes : tools.Options.MaxDocumentBytes, tools.Options.MaxMediaBytes,
            overrides.SendsServerName);
        var start = route.Wire.Clock.GetTimestamp();
        var answer = await route.Wire.SendAsync(
            new()
            {
                Method = outgoing.Method,
                Target = route.Target,
                PublicUri = outgoing.Url.Uri,
                Headers = headers,
                Parameters = outgoing.Parameters,
                Body = outgoing.Body,
                Limits = limits,
            },
            cancellation);
        var elapsed = route.Wire.Clock.GetElapsedTime(start);
        _left -= elapsed;
        // What the wall has waited for in vain the world waits for too: all that is due meanwhile goes before the failure.
        if (answer.Fault is { Waited: { Ticks: > 0 } waited } && route.Wire.Clock != tools.Clock && tools.Clock.Stands)
        {
            await Task.Delay(waited, tools.Clock, cancellation);
        }
        return Note(outgoing, answer with { IsRetriable = IsRetriable(outgoing, answer, overrides.RetryOn) }, cookies, elapsed, headers);
    }

    /// <summary>A challenge that can still be answered is no failure; an answer that broke off is never repeated.</summary>
    private bool IsRetriable(Outgoing outgoing, WireAnswer answer, RetryOn policy) => answer switch
    {
        { Fault.Stage: WireStage.Connect } => (policy & RetryOn.Connect) != 0,
        { Fault.Stage: WireStage.Silence } => (policy & RetryOn.Read) != 0,
        { Fault: not null } => false,
        { Status: 401 } when _authorization is null && outgoing.Url.UserInfo is not null => false,
        { Status: >= 400 and < 500 } => (policy & RetryOn.ClientError) != 0,
        { Status: >= 500 } => (policy & RetryOn.ServerError) != 0,
        _ => false,
    };

    private List<KeyValuePair<string, string>> Headers(Outgoing outgoing, Route route, string? cookies)
    {
        var headers = OutgoingHeaders.For(outgoing, idempotencyToken, tools.Options.HomeRegion);
        if (_authorization is not null) headers.Add(new("Authorization", _authorization));
        if (cookies is not null) headers.Add(new("Cookie", cookies));
        if (MayCache(outgoing) && tools.Cache.TryGet(request.Account, outgoing.Url.Shown, out var kept)) headers.AddRange(kept.Validators);
        // A mapped name stands for the tunnel or proxy that would be in front of the app; these are what such a one tells it.
        if (route.IsMapped)
        {
            headers.Add(new("X-Forwarded-Proto", outgoing.Url.Scheme));
            headers.Add(new("X-Forwarded-Host", outgoing.Url.Authority));
        }
        return headers;
    }

    private void KeepCookies(Uri url, WireAnswer answer)
    {
        if (request.CookieJar is not { } jar) return;
        var now = tools.Clock.GetUtcNow();
        foreach (var (name, value) in answer.Headers)
        {
            if (!string.Equals(name, "Set-Cookie", StringComparison.OrdinalIgnoreCase)) continue;
            if (SetCookie.Read(value, url, now, answer.Header("Date")) is not { } cookie) continue;
            // Messages keep cookies four hours (twilio.com/docs/messaging/twiml); a call keeps them as long as it lasts.
            var latest = now + tools.Options.MessageCookieLife;
            if (!request.IsVoice && (cookie.Expires is null || cookie.Expires > latest)) cookie = cookie with { Expires = latest };
            tools.Jars.Put(jar, cookie, now);
        }
    }

    private string? Challenge(Outgoing outgoing, WireAnswer answer) => Credentials.Answer(
        answer.Headers.Where(h => string.Equals(h.Key, "WWW-Authenticate", StringComparison.OrdinalIgnoreCase)).Select(h => h.Value),
        outgoing.Url, outgoing.Method, tools.Chance.NextBits().ToString("x16"));

    private WireAnswer Note(
        Outgoing outgoing, WireAnswer answer, string? cookies, TimeSpan elapsed, List<KeyValuePair<string, string>> headers)
    {
        _attempts.Add(new(
            outgoing.Method, outgoing.Url.Shown, answer.Status, answer.Fault?.Code ?? 0, answer.Fault?.Message, cookies,
            tools.Clock.Mode is ClockMode.Real ? elapsed : null, Masked(headers)));
        return answer;
    }

    // "Basic ***": which scheme answered the challenge, and not with what.
    private static List<KeyValuePair<string, string>> Masked(List<KeyValuePair<string, string>> headers) =>
        headers.TrueForAll(h => h.Key != "Authorization")
        ? headers
        : headers.ConvertAll(h =>
            h.Key == "Authorization" ? new(h.Key, h.Value[..(h.Value.IndexOf(' ', StringComparison.Ordinal) + 1)] + "***") : h);

    private ExchangeResult End(WireAnswer answer, Uri documentBase, Verdict verdict) => new(answer, documentBase, verdict, [.. _attempts]);

    /// <summary>What every exchange of a letterbox uses.</summary>
    internal sealed record Tools(
        Routes Routes, CookieJars Jars, LetterboxOptions Options, AnswerCache Cache, WorldClock Clock, Chance Chance);
}
