using TwilioEmu.Carrier.Switching;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Score;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Voice.Verbs;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Documents;

/// <summary>Gets the files that <c>&lt;Play&gt;</c> names, as sounds of a known length.</summary>
/// <remarks>
/// Loop-confined. Fetched by GET, unsigned, with no parameters (twilio.com/docs/voice/twiml/play). Apps play music from the open
/// internet, which a test machine often cannot reach: a stand-in of known length sounds instead, and the journal says so.
/// </remarks>
internal sealed class MediaFetcher(CallServices services)
{
    /// <summary>How long a file lasts that cannot be had.</summary>
    public static readonly TimeSpan StandIn = TimeSpan.FromSeconds(5);

    /// <summary>Exactly one of the two is not null.</summary>
    /// <param name="call">Who it is for.</param>
    /// <param name="url">Absolute.</param>
    /// <param name="wrongTypeCode">13420, or 13325 inside Gather.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<(Source? Sound, Next.Failed? Fault)> FetchAsync(LiveCall call, string url, int wrongTypeCode, CancellationToken cancellation)
    {
        var letter = new WebhookRequest
        {
            Account = call.Record.Account,
            Url = url,
            Method = "GET",
            Parameters = [],
            Subject = call.Record.Sid,
            Purpose = "media",
            Cause = call.Cause,
            IsVoice = true,
        };
        var answer = await services.Letterbox.SendAsync(letter, services.World.Ending).WaitAsync(cancellation);
        call.Cause = answer.Entry;
        var name = Uri.TryCreate(url, UriKind.Absolute, out var at) ? NameOf(at) : url;
        if (answer is { IsUsable: false, Status: null, ErrorCode: not 11100 }) return (Instead(call, name, answer.ErrorMessage ?? "no answer", answer.Entry), null);
        if (!answer.IsUsable) return (null, new Next.Failed(answer.ErrorCode, answer.ErrorMessage ?? "", url, IsAlerted: true));
        var type = (answer.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        if (!SoundFile.IsPlayable(type)) return (null, new Next.Failed(wrongTypeCode, $"Play: Invalid Content-Type {type}", url, IsAlerted: false));
        if (!SoundFile.TryMeasure(type, answer.Body.Span, out var duration))
        {
            return (Instead(call, name, $"the file is no readable {type}", answer.Entry), null);
        }
        return (Sounds.Unheard(name, duration), null);
    }

    /// <summary>The file's name, or the host where the path has none.</summary>
    public static string NameOf(Uri url) => Path.GetFileName(url.AbsolutePath) is { Length: > 0 } name ? name : url.Host;

    private Source Instead(LiveCall call, string name, string why, long cause)
    {
        services.World.Journal.Write(
            call.Record.Account, TranscriptEntries.StandInPlayed, call.Record.Sid, cause, ("file", name), ("why", why), ("duration", StandIn));
        return Sounds.Unheard(name, StandIn);
    }
}
