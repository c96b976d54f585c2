using System.Collections.Immutable;
using TwilioEmu.Media.Dtmf;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Detection;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Voice.Verbs.Recorded;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>Whom a Dial calls.</summary>
internal abstract record DialNoun
{
    /// <param name="Text">The number as written.</param>
    public record Number(string Text) : DialNoun
    {
        /// <summary>A document for the called party, run after answer and before the bridge.</summary>
        public string? Url { get; init; }

        public string Method { get; init; } = "POST";

        public string SendDigits { get; init; } = "";

        /// <summary>The BYOC trunk it is called by; null for the telephone network.</summary>
        public string? Byoc { get; init; }

        public string? StatusCallback { get; init; }

        public string StatusCallbackMethod { get; init; } = "POST";

        public CallEvent StatusCallbackEvents { get; init; } = CallEvent.Completed;

        /// <summary>Whether it is to be found out who answers; null for no.</summary>
        public MachineDetection? Detection { get; init; }

        /// <summary>Attributes that were asked for and are not emulated.</summary>
        public ImmutableArray<string> InVain { get; init; } = [];
    }

    /// <summary>A room of many.</summary>
    public sealed record Conference(ConferenceSettings Settings) : DialNoun;

    /// <summary>A SIP address: a phone registered at a domain, or whatever answers there (twilio.com/docs/voice/twiml/sip).</summary>
    /// <param name="Text">The URI as written; the scheme may be left out.</param>
    public sealed record Sip(string Text) : Number(Text)
    {
        /// <summary>Where it stands in the document.</summary>
        public int Line { get; init; }

        public string? Username { get; init; }

        public string? Password { get; init; }

        /// <summary>The URI with its scheme; null for what is none.</summary>
        public string? Uri
        {
            get
            {
                var hasScheme = Text.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) || Text.StartsWith("sips:", StringComparison.OrdinalIgnoreCase);
                var uri = hasScheme ? Text : $"sip:{Text}";
                return uri.Length <= MaxUriLength && !uri.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) && (hasScheme || Text.Contains('@')) && !uri.EndsWith(':') ? uri : null;
            }
        }

        /// <summary>255 for the address and 1024 for the headers (13241, 13253).</summary>
        private const int MaxUriLength = 255 + 1024;
    }

    /// <summary>The call at the front of a queue.</summary>
    /// <param name="Name">As written.</param>
    public sealed record Queue(string Name) : DialNoun
    {
        /// <summary>A document for the waiting call, run before the bridge; as written, or null.</summary>
        public string? Url { get; init; }

        public string Method { get; init; } = "POST";

        /// <summary>Attributes that were asked for and are not emulated.</summary>
        public ImmutableArray<string> InVain { get; init; } = [];

        /// <summary>An error that keeps it from being begun; 0 for none.</summary>
        public int FaultCode { get; init; }

        public string FaultMessage { get; init; } = "";
    }

    /// <summary>Client, Sip, Conference, ...: told aloud when reached.</summary>
    public sealed record NotEmulated(string What, int Line) : DialNoun;

    private DialNoun() { }
}

/// <summary>How a Dial records: from the ringing or the answer on, both parties together or each in a channel.</summary>
/// <param name="Track"><c>inbound</c>: what the caller says; <c>outbound</c>: what the caller hears; either has one channel.</param>
internal sealed record DialRecording(bool IsFromRinging, bool IsDual, string Track, RecordingAttributes Attributes)
{
    public RecordingSpec Spec(VerbContext context) =>
        Attributes.Spec(context, RecordingSource.DialVerb) with { Channels = IsDual && Track == "both" ? 2 : 1, Track = Track };
}

/// <summary>Calls somebody and bridges them with the caller (twilio.com/docs/voice/twiml/dial). How it goes is in <see cref="DialRun"/>.</summary>
internal sealed record Dial : Verb
{
    /// <summary>At most ten parties ring at once or in turn.</summary>
    public const int MaxNouns = 10;

    private static readonly string[] OtherNouns = ["Client", "Sim", "WhatsApp", "Application"];

    public string? Action { get; init; }

    public string Method { get; init; } = "POST";

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan TimeLimit { get; init; } = CallInstructions.MaxDuration;

    public bool HangsUpOnStar { get; init; }

    public string? CallerId { get; init; }

    public bool AnswersOnBridge { get; init; }

    public bool IsSequential { get; init; }

    /// <summary>What is asked when the dialled party wishes the caller to be transferred; as written, null for nothing.</summary>
    public string? ReferUrl { get; init; }

    public string ReferMethod { get; init; } = "POST";

    /// <summary>How the parties are recorded; null for not at all.</summary>
    public DialRecording? Recording { get; init; }

    /// <summary>Attributes that were asked for and are not emulated.</summary>
    public ImmutableArray<string> NotEmulated { get; init; } = [];

    public ImmutableArray<DialNoun> Nouns { get; init; } = [];

    /// <summary>True where nothing at all stands in it.</summary>
    public bool IsEmpty { get; init; }

    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var dial = new Dial
        {
            Action = a.Text("action"),
            Method = a.Method("method", 13210),
            Timeout = TimeSpan.FromSeconds(a.Number("timeout", 1, 600, 13212) ?? 30),
            TimeLimit = a.Number("timeLimit", 1, 86_400, 13216) is { } limit ? TimeSpan.FromSeconds(limit) : CallInstructions.MaxDuration,
            HangsUpOnStar = a.Bool("hangupOnStar", false, 13213),
            CallerId = a.Text("callerId"),
            AnswersOnBridge = a.Bool("answerOnBridge", false, 13219),
            IsSequential = a.Bool("sequential", false, 13218),
            Recording = ReadRecording(a),
            ReferUrl = a.Text("referUrl") is { Length: > 0 } refer ? refer : null,
            ReferMethod = a.Method("referMethod", 13210),
            Nouns = ReadNouns(element, warnings),
            IsEmpty = element.Text.Length == 0 && !element.Elements.Any(),
        };
        a.Judged("ringTone", 13220, t => t == "us-old" || (t.Length == 2 && t.All(char.IsAsciiLetterLower)), "a country such as us or gb");
        // They qualify what is not emulated, or are for carriers only.
        a.Ignore("callReason", "events", "passports");
        a.Done();
        return dial;
    }

    public override Task<Next> RunAsync(VerbContext context, CancellationToken cancellation) =>
        Nouns switch
        {
            [DialNoun.Queue queue] when !context.IsWhisper => new QueueDial(this, queue, context).RunAsync(cancellation),
            [DialNoun.Conference room] when !context.IsWhisper => new ConferenceDial(this, room.Settings, context).RunAsync(cancellation),
            _ => new DialRun(this, context).RunAsync(cancellation),
        };

    private static DialRecording? ReadRecording(Attributes a)
    {
        var attributes = RecordingAttributes.Read(a, trims: false, 13239);
        var track = a.Word("recordingTrack", "both", 12200, "inbound", "outbound", "both");
        var mode = a.Word(
            "record", "do-not-record", 13217, "true", "false", "do-not-record", "record-from-answer", "record-from-ringing", "record-from-answer-dual",
            "record-from-ringing-dual");
        return mode is "false" or "do-not-record" ? null : new DialRecording(mode.StartsWith("record-from-ringing", StringComparison.Ordinal), mode.EndsWith("-dual", StringComparison.Ordinal), track, attributes);
    }

    private static ImmutableArray<DialNoun> ReadNouns(TwimlElement element, List<TwimlWarning> warnings)
    {
        var nouns = new List<DialNoun>();
        if (element.Text.Length > 0) nouns.Add(new DialNoun.Number(element.Text));
        foreach (var child in element.Elements)
        {
            if (child.Name == "Number") nouns.Add(ReadNumber(child, warnings));
            else if (child.Name == "Sip") nouns.Add(ReadSip(child, warnings));
            else if (child.Name == "Conference") nouns.Add(new DialNoun.Conference(ConferenceSettings.Read(child, warnings)));
            else if (child.Name == "Queue") nouns.Add(ReadQueue(child, warnings));
            else if (OtherNouns.Contains(child.Name)) nouns.Add(new DialNoun.NotEmulated($"<Dial><{child.Name}>", child.Line));
            else warnings.Add(new TwimlWarning(13215, $"<{child.Name}> may not stand in <Dial>; it is passed over", child.Line, child.Column));
        }
        if (nouns.Count > MaxNouns)
        {
            warnings.Add(new TwimlWarning(13215, $"<Dial> has {nouns.Count} parties, {MaxNouns} are called", element.Line, element.Column));
        }
        // A conference or a queue is dialled alone.
        if (nouns.Count > 1 && nouns.OfType<DialNoun.Conference>().FirstOrDefault() is { } room)
        {
            warnings.Add(new TwimlWarning(13000, "<Conference> stands alone in <Dial>; the others are passed over", element.Line, element.Column));
            return [room];
        }
        if (nouns.Count > 1 && nouns.OfType<DialNoun.Queue>().FirstOrDefault() is { } queue)
        {
            warnings.Add(new TwimlWarning(13215, "<Queue> stands alone in <Dial>; the others are passed over", element.Line, element.Column));
            return [queue];
        }
        return [.. nouns.Take(MaxNouns)];
    }

    private static DialNoun.Queue ReadQueue(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var method = a.Text("method");
        var queue = new DialNoun.Queue(element.Text)
        {
            Url = a.Text("url") is { Length: > 0 } url ? url : null,
            Method = method?.ToUpperInvariant() == "GET" ? "GET" : "POST",
            InVain = [.. a.Present("reservationSid", "postWorkActivitySid")],
        };
        a.Done();
        VerbReader.NoElements(element, warnings);
        return method is not null && method.ToUpperInvariant() is not ("GET" or "POST") ? queue with { FaultCode = 14210, FaultMessage = $"Dial->Queue: Invalid method '{method}'" }
            : queue.Name.Length == 0 ? queue with { FaultCode = 14212, FaultMessage = "Dial->Queue: queue name too short: it needs a character at least" }
            : queue.Name.Length > Queues.Queue.MaxNameLength ? queue with { FaultCode = 14213, FaultMessage = $"Dial->Queue: queue name too long: {queue.Name.Length} characters, {Queues.Queue.MaxNameLength} are allowed" }
            : queue;
    }

    private static DialNoun.Sip ReadSip(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var sip = new DialNoun.Sip(element.Text)
        {
            Line = element.Line,
            Username = a.Text("username"),
            Password = a.Text("password"),
            Url = a.Text("url") is { Length: > 0 } url ? url : null,
            Method = a.Method("method", 13221),
            StatusCallback = a.Text("statusCallback") is { Length: > 0 } callback ? callback : null,
            StatusCallbackMethod = a.Method("statusCallbackMethod", 13221),
            StatusCallbackEvents = ReadEvents(a),
            InVain = [.. a.Present("machineDetection")],
        };
        // They qualify machine detection, or are for carriers only.
        a.Ignore(
            "machineDetectionTimeout", "machineDetectionSpeechThreshold", "machineDetectionSpeechEndThreshold",
            "machineDetectionSilenceTimeout", "amdStatusCallback", "amdStatusCallbackMethod", "codecs");
        a.Done();
        VerbReader.NoElements(element, warnings);
        return sip;
    }

    private static DialNoun.Number ReadNumber(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var number = new DialNoun.Number(element.Text)
        {
            Url = a.Text("url") is { Length: > 0 } url ? url : null,
            Method = a.Method("method", 13221),
            SendDigits = a.Judged("sendDigits", 13222, d => DialString.IsValid(d), "0-9 A-D # * w W") ?? "",
            StatusCallback = a.Text("statusCallback") is { Length: > 0 } callback ? callback : null,
            StatusCallbackMethod = a.Method("statusCallbackMethod", 13221),
            StatusCallbackEvents = ReadEvents(a),
            Byoc = a.Text("byoc") is { Length: > 0 } byoc ? byoc : null,
            Detection = ReadDetection(a),
        };
        a.Done();
        VerbReader.NoElements(element, warnings);
        return number;
    }

    /// <summary>Who answers, beside the call; the callback as written. Bad values: 21234 has no level of its own, so 12200 (inferred).</summary>
    private static MachineDetection? ReadDetection(Attributes a)
    {
        var mode = a.Judged("machineDetection", 12200, m => m is "Enable" or "DetectMessageEnd", "Enable or DetectMessageEnd");
        var usual = new MachineDetection();
        TimeSpan Milliseconds(string name, int min, int max, TimeSpan otherwise) =>
            a.Number(name, min, max, 12200) is { } count ? TimeSpan.FromMilliseconds(count) : otherwise;
        var detection = new MachineDetection
        {
            IsAsync = true,
            WaitsForEnd = mode == "DetectMessageEnd",
            Timeout = a.Number("machineDetectionTimeout", 3, 60, 12200) is { } seconds ? TimeSpan.FromSeconds(seconds) : usual.Timeout,
            SpeechThreshold = Milliseconds("machineDetectionSpeechThreshold", 1000, 6000, usual.SpeechThreshold),
            SpeechEndThreshold = Milliseconds("machineDetectionSpeechEndThreshold", 500, 5000, usual.SpeechEndThreshold),
            SilenceTimeout = Milliseconds("machineDetectionSilenceTimeout", 2000, 10_000, usual.SilenceTimeout),
            Callback = a.Text("amdStatusCallback") is { Length: > 0 } callback ? callback : null,
            CallbackMethod = a.Method("amdStatusCallbackMethod", 13221),
        };
        return mode is null ? null : detection;
    }

    private static CallEvent ReadEvents(Attributes a)
    {
        if (a.Text("statusCallbackEvent") is not { } text) return CallEvent.Completed;
        var events = CallEvent.None;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (CallEvents.Parse(word) is { } known) events |= known;
            else a.Warn(12200, "statusCallbackEvent", "initiated, ringing, answered, completed");
        }
        return events == CallEvent.None ? CallEvent.Completed : events;
    }
}
