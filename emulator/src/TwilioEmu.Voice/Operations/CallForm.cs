using System.Globalization;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Media.Dtmf;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Detection;
using TwilioEmu.Voice.Documents;
using TwilioEmu.Voice.Recordings;

namespace TwilioEmu.Voice.Operations;

/// <summary>Reads the parameters that create and update share; the first fault wins.</summary>
/// <remarks>Codes: error dictionary 212xx; texts as observed (twilio.com/docs/api/errors).</remarks>
internal sealed class CallForm(FormValues form)
{
    /// <summary>twilio.com/docs/voice/api/call-resource: <c>Twiml</c>.</summary>
    public const int MaxTwimlLength = 4000;

    private const int MaxTimeoutSeconds = 600;
    private const int MaxSendDigits = 32;

    /// <summary>Set once something was wrong.</summary>
    public TwilioError? Fault { get; private set; }

    public string? Text(string name) => form[name] is { Length: > 0 } text ? text : null;

    /// <summary>All values of a parameter that may repeat.</summary>
    public IReadOnlyList<string> All(string name) => form.All(name);

    public string Method(string name) => Text(name)?.ToUpperInvariant() switch
    {
        null => "POST",
        "GET" => "GET",
        "POST" => "POST",
        _ => Refuse(21209, $"{name} is not valid: {form[name]}; GET and POST are", "POST"),
    };

    /// <summary>An http or https URL; null when absent.</summary>
    public string? Url(string name, int code)
    {
        if (Text(name) is not { } text) return null;
        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0;
        return isUrl ? text : Refuse<string?>(code, $"{name} is not a valid URL: {text}", null);
    }

    /// <summary>A callback's URL, whose host may hold no underscore.</summary>
    public string? CallbackUrl(string name)
    {
        var url = Url(name, 21609);
        if (url is null || Fault is not null) return null;
        return new Uri(url).Host.Contains('_')
            ? Refuse<string?>(21609, $"{name}: a host name with an underscore is not valid: {url}", null)
            : url;
    }

    /// <summary>Who is told that an app's own phone is called (13806; the host holds no underscore, by the page of 13807).</summary>
    public string? NotificationUrl()
    {
        var url = Url("ClientNotificationUrl", 13806);
        if (url is null || Fault is not null || !new Uri(url).Host.Contains('_')) return url;
        return Refuse<string?>(13806, $"ClientNotificationUrl is not valid: a host name holds no underscore: {url}", null);
    }

    /// <summary>The document a call is to run: <c>Url</c> rules over <c>Twiml</c>. Null when neither is there.</summary>
    public DocumentRequest? Document()
    {
        var url = Url("Url", 21205);
        var method = Method("Method");
        if (url is not null) return DocumentRequest.Voice(url, method);
        if (Text("Twiml") is not { } twiml) return null;
        if (twiml.Length > MaxTwimlLength)
        {
            return Refuse<DocumentRequest?>(32018, $"Twiml has {twiml.Length} characters; {MaxTwimlLength} are allowed", null);
        }
        return new DocumentRequest.Inline(twiml);
    }

    public TimeSpan Timeout() =>
        Number("Timeout", 1, MaxTimeoutSeconds, 21208) is { } seconds ? TimeSpan.FromSeconds(seconds) : CallInstructions.DefaultTimeout;

    public TimeSpan? TimeLimit() => Number("TimeLimit", 1, 86_400, 20001) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public string SendDigits()
    {
        var digits = Text("SendDigits") ?? "";
        return digits.Length <= MaxSendDigits && DialString.IsValid(digits)
            ? digits
            : Refuse(21206, $"SendDigits is not valid: {digits}", "");
    }

    /// <summary>How a call is to be recorded: channels, track, trimming, callback.</summary>
    /// <param name="source">What makes it.</param>
    /// <param name="trims">Whether silence is left out unless told.</param>
    /// <param name="isParticipants">True for a participant's, whose callback has more events.</param>
    public RecordingSpec Recording(RecordingSource source, bool trims, bool isParticipants = false)
    {
        var events = RecordingEvent.None;
        // One parameter for each event, or all in one.
        foreach (var word in form.All("RecordingStatusCallbackEvent").SelectMany(
            e => e.Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries)))
        {
            var known = isParticipants ? RecordingWords.ParseEventOfParticipant(word) : RecordingWords.ParseEvent(word);
            events |= known
                ?? Refuse(
                    20001, $"RecordingStatusCallbackEvent is not valid: {word}; in-progress, completed and absent are",
                    RecordingEvent.None);
        }
        return new RecordingSpec(source)
        {
            Channels = Text("RecordingChannels") is { } channels
                ? RecordingWords.ParseChannels(channels)
                    ?? Refuse(20001, $"RecordingChannels is not valid: {channels}; mono and dual are", 1)
                : 1,
            Track = Word("RecordingTrack", "both", "inbound", "outbound", "both"),
            Trims = Word("Trim", trims ? "trim-silence" : "do-not-trim", "trim-silence", "do-not-trim") == "trim-silence",
            Callback = CallbackUrl("RecordingStatusCallback"),
            CallbackMethod = Method("RecordingStatusCallbackMethod"),
            CallbackEvents = events == RecordingEvent.None ? RecordingEvent.Completed : events,
        };
    }

    /// <summary>The events asked for; words that are none come back apart (21626 warns of them and they are missing later).</summary>
    public (CallEvent Events, IReadOnlyList<string> Unknown) Events()
    {
        var words = form.All("StatusCallbackEvent");
        if (words.Count == 0) return (CallEvent.Completed, []);
        var events = CallEvent.None;
        var unknown = new List<string>();
        foreach (var word in words)
        {
            if (CallEvents.Parse(word) is { } known) events |= known;
            else unknown.Add(word);
        }
        return (events, unknown);
    }

    /// <summary>What is asked of machine detection; null when nothing is.</summary>
    /// <param name="isAside">True where it is always beside the call, and its callback has the shorter name: participants.</param>
    /// <remarks>Ranges: twilio.com/docs/voice/answering-machine-detection. <c>true</c> is an old spelling of Enable.</remarks>
    public MachineDetection? Detection(bool isAside = false)
    {
        var detection = new MachineDetection
        {
            WaitsForEnd = Text("MachineDetection") == "DetectMessageEnd",
            Timeout = Range("MachineDetectionTimeout", 3, 60, TimeSpan.FromSeconds(1)) ?? MachineDetection.UsualTimeout,
            IsAsync = isAside || Flag("AsyncAmd", usual: false),
            Callback = CallbackUrl(isAside ? "AmdStatusCallback" : "AsyncAmdStatusCallback"),
            CallbackMethod = Method(isAside ? "AmdStatusCallbackMethod" : "AsyncAmdStatusCallbackMethod"),
        };
        var millisecond = TimeSpan.FromMilliseconds(1);
        detection = detection with
        {
            SpeechThreshold = Range("MachineDetectionSpeechThreshold", 1000, 6000, millisecond) ?? detection.SpeechThreshold,
            SpeechEndThreshold = Range("MachineDetectionSpeechEndThreshold", 500, 5000, millisecond) ?? detection.SpeechEndThreshold,
            SilenceTimeout = Range("MachineDetectionSilenceTimeout", 2000, 10_000, millisecond) ?? detection.SilenceTimeout,
        };
        return Text("MachineDetection") switch
        {
            null or "false" or "none" => null,
            "Enable" or "DetectMessageEnd" or "true" => detection,
            var mode => Refuse<MachineDetection?>(21234, $"MachineDetection is not valid: {mode}; Enable and DetectMessageEnd are", null),
        };
    }

    private TimeSpan? Range(string name, int min, int max, TimeSpan unit) =>
        Number(name, min, max, 21234) is { } count ? count * unit : null;

    /// <summary>The BYOC trunk a call goes out by; null for none. Whether it is there is seen when it is dialled (32400).</summary>
    /// <remarks>twilio.com/docs/api/errors/21300.</remarks>
    public string? Byoc() =>
        Text("Byoc") is not { } sid || SidMint.IsSid(sid, ["BY"])
            ? Text("Byoc")
            : Refuse<string?>(21300, $"Byoc is not valid: {sid} is no SID of a BYOC trunk", null);

    /// <summary>Why somebody is called, for the display of their phone.</summary>
    /// <remarks>twilio.com/docs/voice/api/call-resource: CallReason. The code of one that is none is inferred.</remarks>
    public string? CallReason()
    {
        if (Text("CallReason") is not { } reason || CallReasons.IsValid(reason)) return Text("CallReason");
        return Refuse<string?>(20001, $"CallReason is not valid: {CallReasons.Takes}", null);
    }

    /// <summary>Remembers the first fault and goes on with a harmless value.</summary>
    public T Refuse<T>(int code, string message, T instead, string? cure = null)
    {
        Fault ??= TwilioError.BadRequest(code, message) with { Cure = cure };
        return instead;
    }

    /// <summary>One of a few words; 20001 for another.</summary>
    public string Word(string name, string usual, params ReadOnlySpan<string> words)
    {
        if (Text(name) is not { } text) return usual;
        return words.Contains(text) ? text : Refuse(20001, $"{name} is not valid: {text}; {string.Join(", ", words!)} are", usual);
    }

    /// <summary><c>true</c> or <c>false</c>; 20001 for another word.</summary>
    public bool Flag(string name, bool usual) => Text(name)?.ToLowerInvariant() switch
    {
        null => usual,
        "true" => true,
        "false" => false,
        _ => Refuse(20001, $"{name} is not valid: {form[name]}; true and false are", usual),
    };

    private int? Number(string name, int min, int max, int code)
    {
        if (Text(name) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }
        return Refuse<int?>(code, $"{name} is not valid: {text}; a whole number from {min} to {max} is", null);
    }
}
