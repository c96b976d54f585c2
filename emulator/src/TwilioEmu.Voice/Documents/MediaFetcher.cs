using TwilioEmu.Carrier.Switching;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Score;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Voice.Verbs;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Documents;

/// <summary>Gets the files that <c>&lt;Play&gt;</c> names, decoded.</summary>
/// <remarks>
/// Loop-confined. Fetched by GET, unsigned, with no parameters (twilio.com/docs/voice/twiml/play). Apps play music from the open
/// internet, which a test machine often cannot reach: what cannot be had, is too large or cannot be read is silence of 5 s, and the journal
/// says so. What the app itself refuses (404, another type) is the app's fault, and goes the way of faults.
/// </remarks>
internal sealed class MediaFetcher(CallServices services)
{
    /// <summary>How long a file lasts that cannot be had.</summary>
    public static readonly TimeSpan StandIn = TimeSpan.FromSeconds(5);

    // The letterbox's code for an answer above its bounds.
    private const int TooLarge = 11750;

    /// <summary>Exactly one of the two is not null.</summary>
    /// <param name="call">Who it is for.</param>
    /// <param name="url">Absolute.</param>
    /// <param name="wrongTypeCode">13420, or 13325 inside Gather.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<(Source? Sound, Next.Failed? Fault)> FetchAsync(
        LiveCall call, string url, int wrongTypeCode, CancellationToken cancellation)
    {
        var letter = new WebhookRequest
        {
            Account = call.Record.Account,
            Url = url,
            Method = "GET",
            Parameters = [],
            Subject = call.Record.Sid,
            Purpose = WebhookPurpose.Media,
            Cause = call.Cause,
            IsVoice = true,
            IsOwn = services.IsOwnRecording(call.Record.Account, url),
        };
        var answer = await services.Letterbox.SendAsync(letter, services.World.Ending).WaitAsync(cancellation);
        call.Cause = answer.Entry;
        var name = Uri.TryCreate(url, UriKind.Absolute, out var at) ? NameOf(at) : url;
        if (IsOutOfReach(answer) || answer.ErrorCode == TooLarge)
        {
            return (Instead(call, name, answer.ErrorMessage ?? "no answer", answer.Entry), null);
        }
        if (!answer.IsUsable) return (null, new Next.Failed(answer.ErrorCode, answer.ErrorMessage ?? "", url, IsAlerted: true));
        var type = (answer.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        if (!SoundFile.IsPlayable(type))
        {
            return (null, new Next.Failed(wrongTypeCode, $"Play: Invalid Content-Type {type}", url, IsAlerted: false));
        }
        return (await ReadAsync(call, name, type, answer, cancellation), null);
    }

    /// <summary>True when nothing answered, and the URL itself is not at fault.</summary>
    public static bool IsOutOfReach(WebhookAnswer answer) => answer is { IsUsable: false, Status: null, ErrorCode: not 11100 };

    /// <summary>
    /// True for a URL whose path ends as a sound file's: a document that is none would have said what to do, a file only sounds.
    /// </summary>
    public static bool IsSound(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var at) && MediaFolder.TypeOf(at.AbsolutePath) is not null;

    /// <summary>True when there is sound in it, or sound that can be measured.</summary>
    public async Task<bool> CanReadAsync(LiveCall call, string type, WebhookAnswer answer, CancellationToken cancellation) =>
        (await services.Exchange.Studio.ClipAsync(services.World.Loop, call.Record.Sid, type, answer.Body, cancellation)).Clip is not null;

    /// <summary>What a file sounds like; one that cannot be read is stood in for, with a warning.</summary>
    public async Task<Source> ReadAsync(LiveCall call, string name, string type, WebhookAnswer answer, CancellationToken cancellation)
    {
        var (clip, why) = await services.Exchange.Studio.ClipAsync(services.World.Loop, name, type, answer.Body, cancellation);
        if (why is null) return clip!;
        services.World.Journal.Warn(
            call.Record.Account, call.Record.Sid, answer.Entry,
            $"{name} cannot be read as {type}: {why}; {(clip is null ? "5 s of silence stand" : "silence of its length stands")} for it");
        return clip ?? Instead(call, name, why, answer.Entry);
    }

    /// <summary>The file's name, or the host where the path has none.</summary>
    public static string NameOf(Uri url) => Path.GetFileName(url.AbsolutePath) is { Length: > 0 } name ? name : url.Host;

    private Source Instead(LiveCall call, string name, string why, long cause)
    {
        services.World.Journal.Write(
            call.Record.Account, TranscriptEntries.StandInPlayed, call.Record.Sid, cause, ("file", name), ("why", why),
            ("duration", StandIn));
        return Sounds.Unheard(name, StandIn);
    }
}
