using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Accounts.Billing;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Media.Rtp;
using TwilioEmu.Voice.Detection;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Voice.Documents;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Voice.Transcribing;

namespace TwilioEmu.Voice.Calls;

/// <summary>A call that goes on: its record, its leg and its sound, and the one place where its status changes.</summary>
/// <remarks>
/// Loop-confined. The owner of its leg. A procedure (<see cref="InboundRun"/>, <see cref="OutboundRun"/>, <see cref="DialledRun"/>)
/// lives beside it and runs documents; news of the leg and orders by REST change the call at once and cancel what the procedure
/// was doing, in a turn of its own.
/// </remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "The end of the call disposes its last scope.")]
internal sealed class LiveCall : ILegOwner
{
    private readonly CallServices _services;
    private readonly Signal<bool> _connected;
    private readonly Signal<bool> _left;
    private readonly Signal<bool> _ready;
    private Interruption? _scope;
    private DocumentRequest? _redirect;
    private ITimer? _timeLimit;
    private ILeg? _leg;
    private LegMedia? _media;
    private PartySound? _sound;
    private int _callbackCount;

    /// <summary>Begins a call and writes its first entry.</summary>
    public LiveCall(CallServices services, Call record, CallInstructions instructions, long cause)
    {
        _services = services;
        _connected = new Signal<bool>(services.World.Loop);
        _left = new Signal<bool>(services.World.Loop);
        _ready = new Signal<bool>(services.World.Loop);
        Over = new Signal<bool>(services.World.Loop);
        Instructions = instructions;
        Record = record;
        Cause = cause;
        services.Book.Add(this);
        Put(record);
    }

    public Call Record { get; private set; }

    /// <summary>What is to be done with it; REST may change it.</summary>
    public CallInstructions Instructions
    {
        get;
        set
        {
            field = value;
            if (Record is not null) CallNotes.Keep(_services.World, Record, () => (Instructions, _callbackCount));
        }
    }

    /// <summary>How it was brought by its line: headers, parameters, names; null for a call that was dialled from here.</summary>
    public CallOffer? Offer { get; init; }

    /// <summary>Seq of the last entry of its life: the cause of what comes next.</summary>
    public long Cause { get; set; }

    /// <summary>The number of the person at its end: who called in, or who was called.</summary>
    public string Party => Record.Direction.IsFromCaller() ? Record.From : Record.To;

    public bool IsOver => Record.Status.IsFinal();

    public bool IsAnswered => Record.Status == CallStatus.InProgress;

    /// <summary>What was agreed with the party when it was connected; null before.</summary>
    public LegFacts? Facts { get; private set; }

    /// <summary>The final SIP response, 200 for a call that was answered; null while it goes on.</summary>
    public int? SipStatus { get; private set; }

    /// <summary>Call-ID of the INVITE that called its party; null for what is not SIP.</summary>
    public string? SipCallId { get; private set; }

    /// <summary>The party's sound; there is one as soon as there is a leg.</summary>
    public ICallMedia Media => _media ?? throw new InvalidOperationException($"call {Record.Sid} has no leg yet");

    /// <summary>Its recordings, those that have ended included; the end of the call ends them all.</summary>
    public List<LiveRecording> Recordings { get; } = [];

    /// <summary>The recording of the Dial that this leg was bridged by; null for none.</summary>
    public LiveRecording? TalkRecording { get; set; }

    /// <summary>Those that tell its words, or told them; the end of the call ends them all.</summary>
    public List<LiveTranscription> Transcriptions { get; } = [];

    /// <summary>Why it is over, with what the far end said then; null while it is not.</summary>
    public LegEnd? Ending { get; private set; }

    /// <summary>What a TwiML App at the far end gave back when it ended; empty for nothing.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Returned => Ending?.Returned ?? [];

    /// <summary>Told when the party rings, and whether it can be heard already; who dialled passes it on.</summary>
    public Action<bool>? Progressed { get; set; }

    /// <summary>Takes the party's wish to be connected with somebody else; false leaves it undone. Null: nobody does.</summary>
    public Func<LegWish.Transfer, bool>? TransferAsked { get; set; }

    /// <summary>Told how it goes with a transfer that the party was asked to make.</summary>
    public Action<LegNews.Transferred>? TransferTold { get; set; }

    /// <summary>Completes when it is answered (true) or has ended unanswered (false).</summary>
    public Signal<bool> Connected => _connected;

    /// <summary>Completes when a dialled leg was answered, its whisper is over and it may be bridged.</summary>
    public Signal<bool> Ready => _ready;

    /// <summary>Completes when its party has left the bridge it is in: it ended, or REST sent it to another document.</summary>
    public Signal<bool> Left => _left;

    /// <summary>True once REST sent it to another document: a leg that was bridged goes on by itself.</summary>
    public bool WentElsewhere { get; private set; }

    /// <summary>Completes when the call has ended.</summary>
    public Signal<bool> Over { get; }

    /// <summary>Puts down who answered.</summary>
    /// <param name="answeredBy">As the resource spells it.</param>
    /// <param name="took">From the answer until it was known.</param>
    public void Identify(string answeredBy, TimeSpan took)
    {
        if (IsOver) return;
        Record = Record with { AnsweredBy = answeredBy, DetectionTime = took, DateUpdated = Now };
        Cause = _services.World.Store.Put(Call.Table, Record.Account, Record, DetectionEntries.Detected, Cause).Seq;
    }

    /// <summary>Gives the call its leg: the caller's, or the one placed to the callee.</summary>
    public void Attach(ILeg leg)
    {
        _leg = leg;
        var transcript = new Transcript(_services.World, Record.Account, Record.Sid, leg.Address.ToString(), () => Cause);
        _media = new LegMedia(_services.World, leg, transcript);
        _sound = new PartySound(Record.Sid, Record.ParentCallSid, leg.Address.ToString(), leg.FromParty, leg.ToParty, Now);
        _services.Exchange.CallSounds.Enter(_sound);
        Transcript = transcript;
    }

    public Transcript? Transcript { get; private set; }

    /// <summary>Dials the callee.</summary>
    /// <param name="line">Where it is.</param>
    /// <param name="byoc">The trunk it is reached by; null for the telephone network or none.</param>
    public void Dial(IVoiceLine line, ByocRoute? byoc = null)
    {
        Become(CallStatus.Initiated);
        if (IsOver) return;
        var from = PartyAddress.Read(Instructions.CallerId ?? Record.From);
        var offer = new CallOffer(Record.Account, Record.Sid, from, PartyAddress.Read(Record.To), Cause)
        {
            AwaitsGreeting = Instructions.Detection is not null,
            Login = Instructions.Login,
            Parameters = Instructions.Parameters,
            ShownTo = Instructions.ShownTo,
            DisplayName = Instructions.DisplayName,
            Reason = Instructions.Reason,
            Kind = byoc is null ? OfferKind.Direct : OfferKind.Trunk,
            CallerHost = byoc?.CallerHost,
        };
        Attach(line.Place(offer, this));
    }

    /// <summary>Asks for an inbound call to be answered, and waits until it is; a call that is answered is at once.</summary>
    /// <returns>False when it ended instead: the caller gave up, or nothing could be agreed.</returns>
    public async Task<bool> AnswerAsync(CancellationToken cancellation)
    {
        if (Record.Status != CallStatus.Ringing || !Record.Direction.IsFromCaller()) return IsAnswered;
        _leg!.Do(new LegCommand.Answer());
        return await _connected.Task.WaitAsync(cancellation);
    }

    /// <summary>Tells a caller who was not answered yet that it rings where the call goes on to; with early media it hears that.</summary>
    public void Ring(bool hasEarlyMedia)
    {
        if (Record is { Status: CallStatus.Ringing } && Record.Direction.IsFromCaller()) _leg!.Do(new LegCommand.Ring(hasEarlyMedia));
    }

    /// <summary>Asks the party to call somebody else itself; how it goes is told to <see cref="TransferTold"/>.</summary>
    public void Transfer(string target) => _leg!.Do(new LegCommand.Transfer(target));

    /// <summary>How long what a live party says may wait for what is late of it, while it is in a conference; null for as it was.</summary>
    public void Buffer(JitterBounds? bounds) => _leg!.Do(new LegCommand.Buffer(bounds));

    /// <summary>Has its words told from now on.</summary>
    public LiveTranscription Transcribe(TranscribingSpec spec, long cause)
    {
        foreach (var what in spec.InVain) _services.NotEmulated(Record, $"{what} of a real-time transcription", cause);
        var transcription = new LiveTranscription(_services, this, spec, cause);
        Transcriptions.Add(transcription);
        return transcription;
    }

    /// <summary>Ends the call, whatever was going on.</summary>
    /// <param name="why">Status and SIP code follow from it; the leg is told it.</param>
    public void End(LegEnd why)
    {
        if (IsOver) return;
        var (final, sipCode) = why.Meaning(IsAnswered);
        (SipStatus, SipCallId, Ending) = (sipCode, why.SipCallId ?? SipCallId, why);
        _media?.Close();
        foreach (var recording in Recordings) recording.Stop(Cause);
        foreach (var transcription in Transcriptions) transcription.Stop(Cause);
        if (why.Code != 0) _services.Raise(Record, why.Code, why.Reason, null, Cause);
        Become(final, sipCode, why);
        _timeLimit?.Dispose();
        _services.Book.Remove(this);
        if (_sound is not null) _services.Exchange.CallSounds.End(_sound, Now);
        _leg?.Do(new LegCommand.End(why));
        _connected.TrySet(false);
        _left.TrySet(true);
        Over.TrySet(true);
        CancelScope();
    }

    /// <summary>Ends an answered call.</summary>
    public void Complete() => End(LegEnd.Released);

    /// <summary>Ends an answered call, and gives something back to the document that dialled the app.</summary>
    public void Complete(IReadOnlyList<KeyValuePair<string, string>> returned) => End(LegEnd.Released with { Returned = returned });

    /// <summary>Sends an answered call to another document; what it was doing is cancelled.</summary>
    public void Redirect(DocumentRequest request)
    {
        _redirect = request;
        WentElsewhere = true;
        _left.TrySet(true);
        CancelScope();
    }

    /// <summary>The document REST sent it to, once.</summary>
    public DocumentRequest? TakeRedirect()
    {
        var request = _redirect;
        _redirect = null;
        return request;
    }

    /// <summary>What the procedure does next; interrupted when the call ends or is redirected.</summary>
    public Interruption BeginScope()
    {
        _scope?.Dispose();
        _scope = new Interruption(_services.World.Ending);
        if (IsOver || _redirect is not null) _scope.Interrupt(IsOver ? InterruptedBy.HangUp : InterruptedBy.Redirect);
        return _scope;
    }

    /// <inheritdoc/>
    public void Told(ILeg leg, LegNews news)
    {
        // The whole of it may be told when the call has ended.
        if (news is LegNews.Measured measured) Measured(measured);
        if (IsOver) return;
        switch (news)
        {
            case LegNews.Measured: break;
            case LegNews.Placed(var id): SipCallId = id; break;
            case LegNews.Progressed(var hasEarlyMedia):
                if (Record.Status == CallStatus.Initiated) Become(CallStatus.Ringing);
                Progressed?.Invoke(hasEarlyMedia);
                break;
            case LegNews.Answered(var facts) when !IsAnswered:
                (Facts, SipCallId) = (facts, facts.SipCallId ?? SipCallId);
                Connect();
                break;
            case LegNews.Answered: break;
            case LegNews.Asked(LegWish.Transfer transfer): Refer(transfer); break;
            // Nothing else happens: what the party does not hear, nobody knows of (inferred).
            case LegNews.Asked(LegWish.Hold(var isOn)):
                Transcript!.Write(isOn ? TranscriptEntries.Held : TranscriptEntries.Resumed, ("who", leg.Address.ToString())); break;
            case LegNews.Transferred told: TransferTold?.Invoke(told); break;
            case LegNews.Warned(var code, var message): _services.Raise(Record, code, message, null, Cause); break;
            case LegNews.Asked(var wish): _services.NotEmulated(Record, $"a party's wish ({wish.GetType().Name})", Cause); break;
            case LegNews.Ended(var end): End(end); break;
            default: throw new InvalidOperationException($"no such news: {news}");
        }
    }

    /// <summary>Keeps what was measured of its sound.</summary>
    public void Measured(LegNews.Measured news) => Record = SoundNotes.Keep(_services, Record, news, Cause);

    /// <summary>Changes how long it may last, counted from its answer.</summary>
    public void LimitTo(TimeSpan limit)
    {
        Instructions = Instructions with { TimeLimit = limit };
        if (Record.AnswerTime is { } answered) StartTimeLimit(answered + Limit - Now);
    }

    /// <summary>Its own recording, or that of the Dial it was bridged by (twilio.com/docs/voice/twiml/number#statuscallback).</summary>
    private LiveRecording? OwnRecording => Instructions.Recording is { } spec ? Recordings.Find(r => r.Spec == spec) : TalkRecording;

    private DateTimeOffset Now => _services.World.Clock.GetUtcNow();

    private void Connect()
    {
        Become(CallStatus.InProgress);
        _sound?.Answer(Now);
        if (Instructions.Recording is { } spec) _services.Recordings.Start(this, spec, Cause);
        StartTimeLimit(Limit);
        _connected.TrySet(true);
    }

    /// <summary>Nobody knows where: the party is told, and the call goes on (13802; twilio.com/docs/voice/twiml/dial: referUrl).</summary>
    private void Refer(LegWish.Transfer transfer)
    {
        if (TransferAsked?.Invoke(transfer) == true) return;
        transfer.Reply.Answer(603);
        var told = $"the party wishes to be transferred to {transfer.Target}, and no referUrl says what is to be done";
        _services.Raise(Record, 13802, told, null, Cause);
    }

    private void StartTimeLimit(TimeSpan after)
    {
        _timeLimit?.Dispose();
        _timeLimit = _services.World.Clock.CreateTimer(
            "the call's time limit", static call => ((LiveCall)call!).TimeUp(), this,
            after > TimeSpan.Zero ? after : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How long it may last.</summary>
    private TimeSpan Limit => _services.Numbers.IsTrial(Record.Account) && Instructions.TimeLimit > CallInstructions.MaxTrialDuration
        ? CallInstructions.MaxTrialDuration
        : Instructions.TimeLimit;

    private void TimeUp()
    {
        if (!IsOver && Limit < Instructions.TimeLimit)
        {
            var why = $"the call was cut after {Limit.TotalMinutes:0} minutes, the longest that one of a trial account lasts";
            _services.Raise(Record, 13805, why, null, Cause);
        }
        else if (!IsOver && Instructions.TimeLimit == CallInstructions.MaxDuration)
        {
            _services.World.Journal.Warn(
                Record.Account, Record.Sid, Cause,
                $"the call went on for {CallInstructions.MaxDuration.TotalHours:0} hours, the longest a call lasts, and nobody hung up: "
                    + "give a phone a script that hangs up, or the document a timeLimit");
        }
        Complete();
    }

    private void Become(CallStatus status, int? sipCode = null, LegEnd? end = null)
    {
        if (!Record.Status.MayBecome(status))
        {
            throw new InvalidOperationException($"call {Record.Sid} cannot go from {Record.Status.Word()} to {status.Word()}");
        }
        var wasQueued = Record.Status == CallStatus.Queued;
        Put(Rated(Record with
        {
            Status = status,
            DateUpdated = Now,
            StartTime = status == CallStatus.Initiated ? Now : Record.StartTime,
            AnswerTime = status == CallStatus.InProgress ? Now : Record.AnswerTime,
            EndTime = status.IsFinal() ? Now : null,
            // What never went out was answered by nobody.
            SipStatus = Record.StartTime is null ? null : sipCode,
            EndedBy = end is null ? null : end.By == Side.Party ? "party" : "emulator",
        }));
        // A call cancelled in the queue tells nobody (measured; twilio.com/docs/voice/api/call-resource).
        if (wasQueued && status == CallStatus.Canceled) return;
        if (_services.Reporter.Report(Record, Instructions, _callbackCount, sipCode, end, Cause, OwnRecording)) _callbackCount++;
    }

    /// <summary>Billed per started minute of answered time (twilio.com/docs/voice/api/call-resource): without an answer, nothing.</summary>
    private Call Rated(Call record) => record.Status != CallStatus.Completed
        ? record
        : record with
        {
            Price = Price.Of(record.StartedMinutes * _services.Prices.OfCallMinute(
                record.From, record.To, record.Direction == CallDirection.Inbound)),
        };

    private void Put(Call record)
    {
        Record = record;
        Cause = _services.World.Store.Put(Call.Table, record.Account, record, record.Status.Kind(), Cause).Seq;
        CallNotes.Keep(_services.World, record, () => (Instructions, _callbackCount));
    }

    private void CancelScope()
    {
        if (_scope is { } scope) _services.World.Loop.Post(() =>
        {
            // A later scope is not this one's to cancel.
            if (scope != _scope) return;
            scope.Interrupt(IsOver ? InterruptedBy.HangUp : InterruptedBy.Redirect);
            if (IsOver) scope.Dispose();
        });
    }
}
