using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Dialogs;

/// <summary>How long a session lives without refresh, and who refreshes it.</summary>
/// <remarks>RFC 4028. The refresher refreshes at half the interval; the other ends the call shortly before it is over (§10).</remarks>
public sealed record SessionTimer(TimeSpan Interval, bool WeRefresh)
{
    /// <summary>§5: nothing shorter may be asked.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(90);

    public const string OptionTag = "timer";

    private const string RefresherIsCaller = "uac";
    private const string RefresherIsCalled = "uas";

    public TimeSpan RefreshAfter => Interval / 2;

    /// <summary>§10: the lesser of 32 s and a third of the interval before its end.</summary>
    public TimeSpan EndAfter => Interval - (Interval / 3 < TimeSpan.FromSeconds(32) ? Interval / 3 : TimeSpan.FromSeconds(32));

    /// <summary><c>Session-Expires = delta-seconds *( SEMI ("refresher" EQUAL ("uac" / "uas")) )</c></summary>
    public static bool TryRead(SipMessage message, out TimeSpan interval, out string? refresher)
    {
        interval = default;
        refresher = null;
        if (message.Headers.Number(HeaderNames.SessionExpires) is not { } seconds) return false;
        interval = TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue));
        var text = message.Headers[HeaderNames.SessionExpires]!;
        refresher = text.Contains("refresher=uac", StringComparison.OrdinalIgnoreCase) ? RefresherIsCaller
            : text.Contains("refresher=uas", StringComparison.OrdinalIgnoreCase) ? RefresherIsCalled : null;
        return true;
    }

    /// <summary>What a called side makes of the request (§9): null when it asks for none; ours when we want one of our own.</summary>
    public static SessionTimer? OfRequest(SipRequest request, TimeSpan? wanted)
    {
        var peerCan = request.Headers.HasToken(HeaderNames.Supported, OptionTag)
            || request.Headers.HasToken(HeaderNames.Require, OptionTag);
        if (TryRead(request, out var asked, out var refresher))
        {
            var interval = wanted is { } ours && ours < asked ? ours : asked;
            return new(interval < ShortestInterval ? ShortestInterval : interval, WeRefresh: !peerCan || refresher != RefresherIsCaller);
        }
        return wanted is { } own ? new(own, WeRefresh: true) : null;
    }

    /// <summary>What a caller makes of the 2xx (§7.2): without Session-Expires there is no timer, unless we asked for one ourselves: then
    /// we keep it.</summary>
    public static SessionTimer? OfResponse(SipResponse response, TimeSpan? asked)
    {
        if (TryRead(response, out var interval, out var refresher)) return new(interval < ShortestInterval ? ShortestInterval : interval,
            refresher != RefresherIsCalled);
        return asked is { } own ? new(own, WeRefresh: true) : null;
    }

    /// <summary>Written into the 2xx of the called side.</summary>
    public SipHeaders WriteResponse(SipHeaders headers)
    {
        var written =
            headers.With(HeaderNames.SessionExpires,
            $"{(long)Interval.TotalSeconds};refresher={(WeRefresh ? RefresherIsCalled : RefresherIsCaller)}");
        return WeRefresh ? written : written.With(HeaderNames.Require, OptionTag);
    }

    /// <summary>Written into an INVITE or UPDATE of ours that asks for it or refreshes it.</summary>
    public static SipHeaders WriteRequest(SipHeaders headers, TimeSpan interval, bool? weRefresh)
    {
        var who = weRefresh is { } we ? $";refresher={(we ? RefresherIsCaller : RefresherIsCalled)}" : "";
        return headers.With(HeaderNames.SessionExpires, $"{(long)interval.TotalSeconds}{who}")
            .With(HeaderNames.MinSE, $"{(long)ShortestInterval.TotalSeconds}");
    }
}
