using System.Globalization;
using Microsoft.Extensions.Logging;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Randomness;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Webhooks.Addresses;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Breakpoints;
using TwilioEmu.Webhooks.Caching;
using TwilioEmu.Webhooks.Cookies;
using TwilioEmu.Webhooks.Exchanges;
using TwilioEmu.Webhooks.Wires;
using TwilioEmu.Webhooks.Wires.Connecting;

namespace TwilioEmu.Webhooks.Delivery;

/// <summary>The letterbox of one world.</summary>
/// <remarks>
/// Loop-confined. Journal of one webhook: <c>webhook.sent</c>, then <c>webhook.answered</c> (some answer came) or
/// <c>webhook.failed</c> (none did), and <c>alert</c> where Twilio would raise one. A URL that cannot be requested has no
/// <c>webhook.sent</c>; one whose answer is kept and fresh has <c>webhook.cached</c> alone.
/// </remarks>
public sealed class Letterbox : ILetterbox, IDisposable
{
    // twilio.com/docs/api/errors/11200: the document could not be had. No code
    // of the live service is about loops of this kind, or about bounds of ours.
    private const int NotHad = 11200;

    private readonly World _world;
    private readonly LetterboxOptions _options;
    private readonly SocketWire _sockets;
    private readonly Chance _chance;
    private readonly Exchange.Tools _tools;
    private readonly UrlsLately _urls = new();
    private readonly Dictionary<string, Turnstile> _turnstiles = new(StringComparer.OrdinalIgnoreCase);
    private int _callbacksWaiting;
    private bool _isDropping;

    /// <summary>Opens the letterbox; dispose it after its world.</summary>
    public Letterbox(World world, LetterboxOptions options)
    {
        _world = world;
        _options = options;
        _chance = world.KeptChances("webhooks");
        _sockets = new SocketWire(
            world.Loop, world.Options.Wall, new Trust(options.ExtraTrustedRoots, options.TrustsAnyCertificate),
            world.Options.Logs.CreateLogger<SocketWire>());
        Breakpoint = new Breakpoint(world);
        _tools = new(
            new Routes(world, options, _sockets), new CookieJars(options.MaxCookieJars), options, new AnswerCache(options.MaxCacheBytes),
            world.Clock, _chance);
    }

    /// <summary>Holds webhooks for somebody to look at.</summary>
    public Breakpoint Breakpoint { get; }

    /// <inheritdoc/>
    public async Task<WebhookAnswer> SendAsync(WebhookRequest request, CancellationToken cancellation)
    {
        _world.Loop.Assert();
        if (_urls.TryParse(request.Url, out var fault) is not { } url) return Refuse(request, fault!);
        if (request.Method is not ("GET" or "POST") && !(request.Method == "HEAD" && request.IsMedia))
        {
            return Refuse(request, new(11200, $"HTTP retrieval failure: the method '{request.Method}' is neither GET nor POST"));
        }

        if (_world.Journal.LoopAt(request.Cause) is { } loop) return Refuse(request, new(NotHad, loop));

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _world.Ending);
        var route = _tools.Routes.Find(url);
        if (!route.IsSocket) return await SendNowAsync(request, url, ending.Token);

        var turnstile = TurnstileOf(route.Target.Authority);
        var waits = request.IsCallback && !turnstile.HasRoom(isCallback: true);
        if (waits && _callbacksWaiting >= _options.MaxCallbacksWaiting) return Drop(request, route.Target.Authority);
        if (waits) _callbacksWaiting++;
        try
        {
            await turnstile.EnterAsync(request.IsCallback, ending.Token);
        }
        finally
        {
            if (waits && --_callbacksWaiting == 0) _isDropping = false;
        }
        try
        {
            return await SendNowAsync(request, url, ending.Token);
        }
        finally
        {
            turnstile.Leave(request.IsCallback);
            if (turnstile.IsIdle) _turnstiles.Remove(route.Target.Authority);
        }
    }

    /// <summary>Sends a recorded webhook once more, as a new one caused by the first.</summary>
    /// <param name="id">Seq of its <c>webhook.sent</c>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Null when the journal holds no such webhook (any more).</returns>
    public Task<WebhookAnswer?> ReplayAsync(long id, CancellationToken cancellation) => ReplayAsync(id, null, null, cancellation);

    /// <summary>As <see cref="ReplayAsync(long, CancellationToken)"/>, elsewhere or with other parameters; signed anew.</summary>
    public async Task<WebhookAnswer?> ReplayAsync(
        long id, string? url, IReadOnlyList<KeyValuePair<string, string>>? parameters, CancellationToken cancellation) =>
        _world.Journal.Find(id)?.Data is SentData sent
            ? await SendAsync(
                sent.Request with { Cause = id, Url = url ?? sent.Request.Url, Parameters = parameters ?? sent.Request.Parameters },
                cancellation)
            : null;

    /// <inheritdoc/>
    public void Dispose() => _sockets.Dispose();

    private async Task<WebhookAnswer> SendNowAsync(WebhookRequest request, WebhookUrl url, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var key = request.IsMedia ? null : _options.TokenOf(request.Account);
        var token = key is null ? null : NewUuid();
        var outgoing = Outgoing.First(request, url, key);
        var exchange = new Exchange(request, token, _tools);
        if (exchange.Fresh(outgoing) is { } kept) return UseKept(request, url, outgoing, kept);
        var sent = _world.Journal.Write(
            request.Account, WebhookEntries.Sent, request.Subject, request.Cause,
            new SentData(request, outgoing, token, _options.HomeRegion));
        // The app's URL may be the emulator's own API.
        if (token is not null) _world.Journal.Remember(token, sent.Seq);
        try
        {
            var result = await Breakpoint.PassAsync(request, sent.Seq, cancellation) is { } byHand
                ? Exchange.ByHand(byHand, request, outgoing, url.Base())
                : await exchange.RunAsync(outgoing, url.Base(), cancellation);
            return Record(request, result, sent);
        }
        catch (OperationCanceledException)
        {
            _world.Journal.Write(
                request.Account, WebhookEntries.Failed, request.Subject, sent.Seq, ("url", outgoing.Url.Shown), ("error_code", 0),
                ("error_message", "given up: what it was for has ended"));
            throw;
        }
        finally
        {
            if (token is not null) _world.Journal.Forget(token);
        }
    }

    /// <summary>Nobody is asked: what came before is still fresh.</summary>
    private WebhookAnswer UseKept(WebhookRequest request, WebhookUrl url, Outgoing outgoing, KeptAnswer kept)
    {
        var entry = _world.Journal.Write(
            request.Account, WebhookEntries.Cached, request.Subject, request.Cause, ("purpose", request.Purpose.Word),
            ("url", outgoing.Url.Shown), ("kept_at", kept.KeptAt), ("fresh_until", kept.FreshUntil));
        return new()
        {
            Status = kept.Answer.Status,
            ContentType = kept.Answer.ContentType,
            Body = kept.Answer.Body,
            Url = url.Base(),
            Entry = entry.Seq,
        };
    }

    private WebhookAnswer Record(WebhookRequest request, ExchangeResult result, Entry sent)
    {
        var (answer, verdict) = (result.Answer, result.Verdict);
        var entry = _world.Journal.Write(
            request.Account, answer.Status is null ? WebhookEntries.Failed : WebhookEntries.Answered, request.Subject, sent.Seq,
            new AnsweredData(request, result, _world.Clock.Mode is not (ClockMode.Real or ClockMode.Scaled)));
        if (request is { IsCallback: true, IsVoice: true } && answer.Status is >= 400)
        {
            RaiseOfProgress(request, answer.Status.Value, verdict, result.DocumentBase, entry.Seq);
        }
        else if (verdict.Code != 0)
        {
            Raise(request, AlertLevel.Error, verdict.Code, verdict.Message!, result.DocumentBase, entry.Seq, answer.Status);
        }
        if (verdict.WarningCode != 0)
        {
            Raise(request, AlertLevel.Warning, verdict.WarningCode, verdict.Message!, result.DocumentBase, entry.Seq);
        }
        return new()
        {
            Status = answer.Status,
            ContentType = answer.ContentType,
            Body = answer.Body,
            Url = result.DocumentBase,
            ErrorCode = verdict.Code,
            ErrorMessage = verdict.Code == 0 ? null : verdict.Message,
            Entry = entry.Seq,
        };
    }

    /// <summary>The callback's own code in place of 11200: one of a call that is answered with an error changes nothing.</summary>
    private void RaiseOfProgress(WebhookRequest request, int status, Verdict verdict, Uri url, long cause)
    {
        var (code, level, text) = request.Purpose.Refused;
        Raise(request, level, code, $"{text} ({status})" + (status == 403 ? "; " + verdict.Message : ""), url, cause, status);
    }

    private WebhookAnswer Refuse(WebhookRequest request, AddressFault fault)
    {
        var entry = _world.Journal.Write(
            request.Account, WebhookEntries.Failed, request.Subject, request.Cause, ("purpose", request.Purpose.Word),
            ("method", request.Method), ("url", request.Url), ("error_code", fault.Code), ("error_message", fault.Message));
        Raise(request, AlertLevel.Error, fault.Code, fault.Message, request.Url, entry.Seq);
        return new() { Url = Nowhere, ErrorCode = fault.Code, ErrorMessage = fault.Message, Entry = entry.Seq };
    }

    /// <summary>
    /// A callback that finds the queue full is lost, and the journal says so of each; the warning comes once for a crowd.
    /// </summary>
    private WebhookAnswer Drop(WebhookRequest request, string authority)
    {
        var why = string.Create(
            CultureInfo.InvariantCulture,
            $"not sent: {_options.MaxCallbacksWaiting:N0} callbacks wait already for apps that are slow to answer or do not, the last "
                + $"for {authority}");
        var entry = _world.Journal.Write(
            request.Account, WebhookEntries.Failed, request.Subject, request.Cause, ("purpose", request.Purpose.Word),
            ("method", request.Method), ("url", request.Url), ("error_code", 0), ("error_message", why));
        if (!_isDropping)
        {
            _world.Journal.Warn(
                request.Account, request.Subject, entry.Seq,
                $"callbacks are dropped: {why}; make the app answer, or give the emulator more room (--memory)");
        }
        _isDropping = true;
        return new() { Url = Nowhere, ErrorCode = NotHad, ErrorMessage = why, Entry = entry.Seq };
    }

    private static Uri Nowhere { get; } = new("about:blank");

    private void Raise(WebhookRequest request, AlertLevel level, int code, string message, Uri url, long cause, int? status = null) =>
        Raise(request, level, code, message, url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped), cause, status);

    private void Raise(WebhookRequest request, AlertLevel level, int code, string message, string url, long cause, int? status = null)
    {
        if (request.Purpose.HasAlertsOfItsOwn) return;
        new Alert
        {
            Code = code,
            Level = level,
            Message = message,
            Url = url,
            HttpStatus = status,
            Method = request.Method,
            Purpose = request.Purpose,
        }
            .Raise(_world.Journal, request.Account, request.Subject, cause);
    }

    private Turnstile TurnstileOf(string authority)
    {
        if (_turnstiles.TryGetValue(authority, out var turnstile)) return turnstile;
        turnstile = new Turnstile(_options.MaxInFlight, _options.MaxCallbacksInFlight);
        _turnstiles.Add(authority, turnstile);
        return turnstile;
    }

    private string NewUuid()
    {
        var high = _chance.NextBits();
        return Uuid.Of(high, _chance.NextBits());
    }
}
