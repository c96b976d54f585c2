using System.Globalization;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Media.Score;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Voice.Documents;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Verbs;

/// <summary>What a verb sees of the call it runs in.</summary>
/// <remarks>Loop-confined; one per document.</remarks>
internal sealed class VerbContext(
    CallServices services, LiveCall call, VoiceDocument document, VerbPlace place, ICallMedia? media = null, Interruption? scope = null)
{
    private readonly MediaFetcher _fetcher = new(services);

    /// <summary>The call as it now is.</summary>
    public Call Call => call.Record;

    /// <summary>What the party hears and does.</summary>
    public ICallMedia Media => media ?? call.Media;

    public WorldClock Clock => services.World.Clock;

    public DateTimeOffset Now => services.World.Clock.GetUtcNow();

    /// <summary>The document the verb stands in.</summary>
    public VoiceDocument Document => document;

    /// <summary>Where the document runs.</summary>
    public VerbPlace Place => place;

    /// <summary>True on a called leg before it is bridged, where <c>&lt;Dial&gt;</c> and others may not stand.</summary>
    public bool IsWhisper => place == VerbPlace.Whisper;

    /// <summary>True once somebody picked up, or from the start of a call that was dialled.</summary>
    public bool IsAnswered => call.IsAnswered;

    public CallServices Services => services;

    public LiveCall Live => call;

    /// <summary>Who owns what.</summary>
    public IVoiceNumbers Numbers => services.Numbers;

    /// <summary>Why what runs is cancelled; null while it is not.</summary>
    public InterruptedBy? InterruptedBy => scope?.Reason;

    /// <summary>
    /// Answers an inbound call that rings; most verbs do so first
    /// (twilio.com/docs/voice/twiml). A call that ends meanwhile is a cancellation.
    /// </summary>
    public async Task AnswerAsync(CancellationToken cancellation)
    {
        if (!await call.AnswerAsync(cancellation)) await Task.Delay(Timeout.InfiniteTimeSpan, Clock, cancellation);
    }

    /// <summary>The same place in the same call, for another document.</summary>
    public VerbContext For(VoiceDocument other) => new(services, call, other, place, media, scope);

    /// <summary>Dials somebody on behalf of this call.</summary>
    public LiveCall PlaceCall(string to, string callerId, CallInstructions instructions) =>
        new ChildCalls(services).Place(call, to, callerId, instructions);

    /// <summary>Seq of the last entry of the call's life.</summary>
    public long Cause => call.Cause;

    /// <summary>The call's recordings.</summary>
    public IReadOnlyList<LiveRecording> Recordings => call.Recordings;

    /// <summary>Records the call from now on.</summary>
    public LiveRecording Record(RecordingSpec spec) => services.Recordings.Start(call, spec, call.Cause);

    /// <summary>What an action is told of a recording; the duration is that before trimming (twilio.com/docs/voice/twiml/record).</summary>
    public IEnumerable<KeyValuePair<string, string>> ParametersOf(Recording recording) =>
    [
        new("RecordingUrl", services.UrlOf(recording)),
        new("RecordingSid", recording.Sid),
        new("RecordingDuration", (recording.Seconds ?? 0).ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>A URL as the document means it; null, with a warning of the code, where it means none.</summary>
    public string? Absolute(string url, int code)
    {
        if (document.TryResolve(url, out var absolute)) return absolute;
        Warn(code, document.WhyUnresolved(url));
        return null;
    }

    /// <summary>Where an action leads: left out, to this document; null where that has no URL.</summary>
    public string? ActionUrl(string? action) => string.IsNullOrEmpty(action) ? document.Self : action;

    /// <summary>A line of the transcript.</summary>
    public void Note(EntryKind kind, params (string Name, object? Value)[] facts) => call.Transcript!.Write(kind, facts);

    /// <summary>A debugger event of the level its code has; the call goes on.</summary>
    public void Warn(int code, string message) => services.Raise(call.Record, code, message, document.Self, call.Cause);

    /// <summary>Says aloud that something beside the call's way is not done.</summary>
    public void NotEmulated(string what) => services.NotEmulated(call.Record, what, call.Cause);

    /// <summary>Says aloud that a verb is not run, with its place.</summary>
    /// <returns>Onward, or the end where the call would have waited in it.</returns>
    public Next NotEmulated(string what, int line, bool isBlocking)
    {
        var place = document.Self is { } self ? $"line {line} of {self}" : $"line {line} of the Twiml given";
        var text = isBlocking
            ? $"{what} ({place}); the call ends here, as what comes after relies on it"
            : $"{what} ({place}); it is passed over";
        services.NotEmulated(call.Record, text, call.Cause, isBlocking ? AlertLevel.Error : AlertLevel.Warning, document.Self);
        return isBlocking ? new Next.Unbuilt() : Next.Continue;
    }

    /// <summary>To the document at an action's URL; without one, to this document again.</summary>
    /// <param name="url">As written in the document, or null or empty.</param>
    /// <param name="method"><c>GET</c> or <c>POST</c>.</param>
    /// <param name="purpose">As the journal shows it.</param>
    /// <param name="extra">Parameters besides the standard ones.</param>
    public Next Request(string? url, string method, WebhookPurpose purpose, IReadOnlyList<KeyValuePair<string, string>> extra)
    {
        if (string.IsNullOrEmpty(url))
        {
            if (document.Self is { } self) return new Next.Document(new DocumentRequest.Fetch(self, method, purpose, extra));
            if (purpose == WebhookPurpose.Redirect) return new Next.Document(document.Request);
        }
        else if (document.TryResolve(url, out var absolute))
        {
            return new Next.Document(new DocumentRequest.Fetch(absolute, method, purpose, extra));
        }
        // Inline TwiML has no place that a relative URL could start from, or that an action left out could mean.
        var code = document.Base is null && purpose == WebhookPurpose.Action ? 15004 : 11100;
        return new Next.Failed(code, document.WhyUnresolved(url), url ?? "", IsAlerted: false);
    }

    /// <summary>A sound file by its URL as written; exactly one of the two is not null.</summary>
    public async Task<(Source? Sound, Next.Failed? Fault)> FetchSoundAsync(string url, int wrongTypeCode, CancellationToken cancellation)
    {
        if (!document.TryResolve(url, out var absolute))
        {
            return (null, new Next.Failed(11100, document.WhyUnresolved(url), url, IsAlerted: false));
        }
        return await _fetcher.FetchAsync(call, absolute, wrongTypeCode, cancellation);
    }

    /// <summary>A request whose answer nobody waits for, one after another in its lane.</summary>
    public void SendAside(string url, string method, WebhookPurpose purpose, IReadOnlyList<KeyValuePair<string, string>> extra)
    {
        if (!document.TryResolve(url, out var absolute))
        {
            services.Raise(call.Record, 11100, document.WhyUnresolved(url), url, call.Cause);
            return;
        }
        services.Lanes.Enqueue(
            $"{call.Record.Sid} {purpose.Word}", services.RequestFor(call.Record, absolute, method, purpose, extra, call.Cause));
    }
}
