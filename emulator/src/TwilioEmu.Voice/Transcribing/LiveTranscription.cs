using System.Globalization;
using System.Text;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Media.Listening;
using TwilioEmu.Media.Score;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Verbs.Gathering;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Transcribing;

/// <summary>Tells the app a call's words while they are spoken.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/twiml/transcription. A sentence is what sounds in one piece: it is final when its sound is over.
/// With partial results the words so far are told about once a second. Scripted phones and prompts need no speech engine: their words are
/// known.
/// </remarks>
internal sealed class LiveTranscription : IDisposable
{
    /// <summary>How often guesses are told (inferred).</summary>
    private static readonly TimeSpan PartialEvery = TimeSpan.FromSeconds(1);

    // What an engine says of words that were understood right.
    private const double Certainty = 0.95;
    private const double Stability = 0.9;

    private readonly CallServices _services;
    private readonly LiveCall _call;
    private readonly TranscribingSpec _spec;
    private readonly List<Ear> _ears = [];
    private int _sequence;

    public LiveTranscription(CallServices services, LiveCall call, TranscribingSpec spec, long cause)
    {
        (_services, _call, _spec) = (services, call, spec);
        var record = new RealtimeTranscription
        {
            Sid = services.World.Sids.New("GT"),
            Account = call.Record.Account,
            CallSid = call.Record.Sid,
            Name = spec.Name,
            DateUpdated = Now,
        };
        Put(record, TranscribingEntries.Started, cause);
        Record = record;
        Tell("transcription-started", Started());
        if (spec.Track != "outbound_track") _ears.Add(new Ear(this, "inbound_track", call.Media.FromParty));
        if (spec.Track != "inbound_track") _ears.Add(new Ear(this, "outbound_track", call.Media.ToParty));
    }

    public RealtimeTranscription Record { get; private set; }

    public TranscribingSpec Spec => _spec;

    public bool IsOver => Record.IsStopped;

    private long Cause { get; set; }

    private DateTimeOffset Now => _services.World.Clock.GetUtcNow();

    /// <summary>Ends it; a sentence that is being spoken is told as far as it went.</summary>
    public void Stop(long cause)
    {
        if (IsOver) return;
        foreach (var ear in _ears) ear.Finish();
        Dispose();
        Put(Record with { IsStopped = true, DateUpdated = Now }, TranscribingEntries.Stopped, cause);
        Tell("transcription-stopped", []);
    }

    public void Dispose()
    {
        foreach (var ear in _ears) ear.Dispose();
        _ears.Clear();
    }

    /// <summary>Tells the app that one could not begin; there is no resource then (inferred).</summary>
    public static void Fail(CallServices services, LiveCall call, TranscribingSpec spec, int code, string why)
    {
        services.Raise(call.Record, code, why, spec.Callback, call.Cause);
        if (spec.Callback is null) return;
        Send(services, call, spec, services.World.Sids.New("GT"), "transcription-error", 1, services.World.Clock.GetUtcNow(), call.Cause,
        [
            new("TranscriptionErrorCode", code.ToString(CultureInfo.InvariantCulture)),
            new("TranscriptionError", why),
        ]);
    }

    private void Put(RealtimeTranscription record, EntryKind kind, long cause)
    {
        Record = record;
        Cause = _services.World.Store.Put(RealtimeTranscription.Table, record.Account, record, kind, cause).Seq;
    }

    private List<KeyValuePair<string, string>> Started()
    {
        List<KeyValuePair<string, string>> parameters =
        [
            new("ProviderConfiguration", JsonOf(json =>
            {
                json.WriteString("profanityFilter", Word(_spec.FiltersProfanity));
                json.WriteString("speechModel", _spec.SpeechModel);
                json.WriteString("enableAutomaticPunctuation", Word(_spec.Punctuates));
                if (_spec.Hints is { } hints) json.WriteString("hints", hints);
            })),
            new("TranscriptionEngine", _spec.Engine),
        ];
        if (_spec.Name is { } name) parameters.Add(new("Name", name));
        parameters.Add(new("Track", _spec.Track));
        if (_spec.InboundLabel is { } inbound) parameters.Add(new("InboundTrackLabel", inbound));
        if (_spec.OutboundLabel is { } outbound) parameters.Add(new("OutboundTrackLabel", outbound));
        parameters.Add(new("PartialResults", Word(_spec.TellsPartials)));
        parameters.Add(new("LanguageCode", _spec.Language));
        return parameters;
    }

    private void Understood(string track, string words, bool isFinal)
    {
        if (!_spec.Punctuates) words = string.Concat(words.Where(c => c is not ('.' or ',' or '?' or '!' or ';' or ':')));
        if (_spec.FiltersProfanity) words = Profanity.Mask(words);
        Cause = _services.World.Journal.Write(
            Record.Account, TranscribingEntries.Content, Record.Sid, Cause, ("call_sid", Record.CallSid), ("track", track),
            ("words", words), ("final", isFinal)).Seq;
        List<KeyValuePair<string, string>> parameters =
        [
            new("LanguageCode", _spec.Language),
            new("Track", track),
            new("TranscriptionData", JsonOf(json =>
            {
                json.WriteString("transcript", words);
                // Guesses carry none (measured).
                if (isFinal) json.WriteNumber("confidence", Certainty);
            })),
            new("Final", Word(isFinal)),
        ];
        // Measured: with Deepgram, not with Google.
        if (!isFinal && _spec.Engine == "deepgram") parameters.Add(new("Stability", Stability.ToString(CultureInfo.InvariantCulture)));
        if (_spec.TellsProviderData) parameters.Add(new("TranscriptionProviderData", ProviderData(words, isFinal)));
        Tell("transcription-content", parameters);
    }

    /// <summary>
    /// A result as the engine itself spells it, as far as anything of it is
    /// known here (cloud.google.com/speech-to-text, developers.deepgram.com).
    /// </summary>
    private string ProviderData(string words, bool isFinal) => JsonOf(json =>
    {
        if (_spec.Engine == "deepgram")
        {
            json.WriteBoolean("is_final", isFinal);
            json.WriteStartObject("channel");
            Alternatives(json, words);
            json.WriteEndObject();
            return;
        }
        json.WriteBoolean("isFinal", isFinal);
        json.WriteString("languageCode", _spec.Language);
        Alternatives(json, words);
    });

    private static void Alternatives(Utf8JsonWriter json, string words)
    {
        json.WriteStartArray("alternatives");
        json.WriteStartObject();
        json.WriteString("transcript", words);
        json.WriteNumber("confidence", Certainty);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void Tell(string happened, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        if (_spec.Callback is not null) Send(_services, _call, _spec, Record.Sid, happened, ++_sequence, Now, Cause, parameters);
    }

    private static void Send(
        CallServices services, LiveCall call, TranscribingSpec spec, string sid, string happened, int sequence, DateTimeOffset now,
        long cause, IReadOnlyList<KeyValuePair<string, string>> more)
    {
        List<KeyValuePair<string, string>> told =
        [
            new("AccountSid", call.Record.Account.Value),
            new("CallSid", call.Record.Sid),
            new("TranscriptionSid", sid),
            new("Timestamp", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)),
            new("SequenceId", sequence.ToString(CultureInfo.InvariantCulture)),
            new("TranscriptionEvent", happened),
            .. more,
        ];
        services.Lanes.Enqueue(
            sid, services.Aside(call.Record, spec.Callback!, spec.CallbackMethod, WebhookPurpose.TranscriptionCallback, cause, told));
    }

    private static string JsonOf(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Entry.Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Word(bool value) => value ? "true" : "false";

    /// <summary>Listens to one track. What sounds already when it begins is told from there on.</summary>
    private sealed class Ear : IDisposable
    {
        private readonly LiveTranscription _owner;
        private readonly string _name;
        private readonly Listener _listener;
        private readonly Dictionary<int, StringBuilder> _sentences = [];
        private DateTimeOffset _partialDue;

        public Ear(LiveTranscription owner, string name, Track track)
        {
            (_owner, _name) = (owner, name);
            _listener = new Listener(track, owner._services.World.Clock, Perceive, owner._services.World.Loop.Post);
        }

        public void Finish()
        {
            _listener.CatchUp();
            foreach (var words in _sentences.Values) _owner.Understood(_name, words.ToString(), isFinal: true);
            _sentences.Clear();
        }

        public void Dispose() => _listener.Dispose();

        private void Perceive(Perceived perceived)
        {
            switch (perceived)
            {
                case Perceived.Caption caption: Take(caption); break;
                case Perceived.Ended ended when _sentences.Remove(ended.Number, out var words):
                    _owner.Understood(_name, words.ToString(), isFinal: true); break;
            }
        }

        private void Take(Perceived.Caption caption)
        {
            // A recogniser's guess replaces the one before; what is final stays.
            var sofar = _sentences.TryGetValue(caption.Number, out var known) ? known : null;
            var words = sofar is null || sofar.Length == 0 ? caption.Words : $"{sofar} {caption.Words}";
            if (caption.IsFinal)
            {
                if (sofar is null) _sentences.Add(caption.Number, new StringBuilder(words));
                else sofar.Clear().Append(words);
            }
            if (!_owner._spec.TellsPartials || _owner.Now < _partialDue || words.Length == 0) return;
            _partialDue = _owner.Now + PartialEvery;
            _owner.Understood(_name, words, isFinal: false);
        }
    }
}
