using TwilioEmu.Accounts.Billing;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Voice.Documents;
using TwilioEmu.Voice.Sound;

namespace TwilioEmu.Voice.Calls;

/// <summary>A call that goes on: its record, its leg, its stage, and the one place where its status changes.</summary>
/// <remarks>
/// Loop-confined. The mailbox of its leg. A procedure (<see cref="InboundRun"/>, <see cref="OutboundRun"/>, <see cref="DialledRun"/>)
/// lives beside it and runs documents; news of the leg and orders by REST change the call at once and cancel what the procedure
/// was doing, in a turn of its own.
/// </remarks>
internal sealed class LiveCall : ILegMailbox
{
    private readonly CallServices _services;
    private readonly Signal<bool> _connected;
    private readonly Signal<bool> _left;
    private readonly Signal<bool> _ready;
    private CancellationTokenSource? _scope;
    private DocumentRequest? _redirect;
    private ITimer? _timeLimit;
    private ILeg? _leg;
    private LegMedia? _stage;
    private int _callbackCount;

    /// <summary>Begins a call and writes its first entry.</summary>
    public LiveCall(CallServices services, Call record, CallInstructions instructions, long cause)
    {
        _services = services;
        _connected = new Signal<bool>(services.World.Loop);
        _left = new Signal<bool>(services.World.Loop);
        _ready = new Signal<bool>(services.World.Loop);
        Instructions = instructions;
        Record = record;
        Cause = cause;
        services.Book.Add(this);
        Put(record);
    }

    public Call Record { get; private set; }

    /// <summary>What is to be done with it; REST may change it.</summary>
    public CallInstructions Instructions { get; set; }

    /// <summary>Seq of the last entry of its life: the cause of what comes next.</summary>
    public long Cause { get; set; }

    /// <summary>The number of the person at its end: who called in, or who was called.</summary>
    public string Party => Record.Direction == CallDirection.Inbound ? Record.From : Record.To;

    public bool IsOver => Record.Status.IsFinal();

    public bool IsAnswered => Record.Status == CallStatus.InProgress;

    /// <summary>The party's sound; there is one as soon as there is a leg.</summary>
    public ICallMedia Media => _stage ?? throw new InvalidOperationException($"call {Record.Sid} has no leg yet");

    /// <summary>Completes when it is answered (true) or has ended unanswered (false).</summary>
    public Signal<bool> Connected => _connected;

    /// <summary>Completes when a dialled leg was answered, its whisper is over and it may be bridged.</summary>
    public Signal<bool> Ready => _ready;

    /// <summary>Completes when its party has left the bridge it is in: it ended, or REST sent it to another document.</summary>
    public Signal<bool> Left => _left;

    /// <summary>True once REST sent it to another document: a leg that was bridged goes on by itself.</summary>
    public bool WentElsewhere { get; private set; }

    /// <summary>Gives the call its leg: the caller's, or the one placed to the callee.</summary>
    public void Attach(ILeg leg)
    {
        _leg = leg;
        var transcript = new Transcript(_services.World, Record.Account, Record.Sid, leg.Address, () => Cause);
        _stage = new LegMedia(_services.World, leg, transcript);
        Transcript = transcript;
    }

    public Transcript? Transcript { get; private set; }

    /// <summary>Dials the callee.</summary>
    public void Dial()
    {
        Become(CallStatus.Initiated);
        if (IsOver) return;
        var offer = new CallOffer(Record.Account, Record.Sid, Instructions.CallerId ?? Record.From, Record.To, Cause);
        Attach(_services.Exchange.VoiceLine(Record.To).Place(offer, this));
    }

    /// <summary>Answers an inbound call; nothing happens when it is answered already.</summary>
    public void Answer()
    {
        if (Record.Status != CallStatus.Ringing || Record.Direction != CallDirection.Inbound) return;
        _leg!.Answer();
        Connect();
    }

    /// <summary>Ends the call in a final status, whatever was going on.</summary>
    /// <param name="final">One that may follow the present status.</param>
    /// <param name="towardsParty">What the leg is told.</param>
    /// <param name="sipCode">For the callback.</param>
    public void End(CallStatus final, LegEnd towardsParty, int sipCode)
    {
        if (IsOver) return;
        _stage?.Close();
        Become(final, sipCode);
        _timeLimit?.Dispose();
        _services.Book.Remove(this);
        _leg?.HangUp(towardsParty);
        _connected.TrySet(false);
        _left.TrySet(true);
        CancelScope();
    }

    /// <summary>Ends an answered call.</summary>
    public void Complete() => End(CallStatus.Completed, LegEnd.HungUp, 200);

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

    /// <summary>A token for what the procedure does next; cancelled when the call ends or is redirected.</summary>
    public CancellationToken BeginScope()
    {
        _scope?.Dispose();
        _scope = null;
        if (IsOver || _redirect is not null) return new CancellationToken(canceled: true);
        _scope = CancellationTokenSource.CreateLinkedTokenSource(_services.World.Ending);
        return _scope.Token;
    }

    /// <inheritdoc/>
    public void Ringing(ILeg leg)
    {
        if (Record.Status == CallStatus.Initiated) Become(CallStatus.Ringing);
    }

    /// <inheritdoc/>
    public void Answered(ILeg leg)
    {
        if (!IsOver && !IsAnswered) Connect();
    }

    /// <inheritdoc/>
    public void Ended(ILeg leg, LegEnd why)
    {
        if (IsOver) return;
        var (status, sipCode) = IsAnswered ? (CallStatus.Completed, 200) : LegEnds.Unanswered(why);
        End(status, why, sipCode);
    }

    /// <inheritdoc/>
    public void Pressed(ILeg leg, char digit)
    {
        if (!IsOver) _stage!.Pressed(digit);
    }

    /// <inheritdoc/>
    public void BeganSpeaking(ILeg leg, Utterance utterance)
    {
        if (!IsOver) _stage!.BeganSpeaking(utterance);
    }

    /// <inheritdoc/>
    public void EndedSpeaking(ILeg leg, Utterance utterance)
    {
        if (!IsOver) _stage!.EndedSpeaking(utterance);
    }

    /// <summary>Changes how long it may last, counted from its answer.</summary>
    public void LimitTo(TimeSpan limit)
    {
        Instructions = Instructions with { TimeLimit = limit };
        if (Record.AnswerTime is { } answered) StartTimeLimit(answered + limit - Now);
    }

    private DateTimeOffset Now => _services.World.Clock.GetUtcNow();

    private void Connect()
    {
        Become(CallStatus.InProgress);
        StartTimeLimit(Instructions.TimeLimit);
        _connected.TrySet(true);
    }

    private void StartTimeLimit(TimeSpan after)
    {
        _timeLimit?.Dispose();
        _timeLimit = _services.World.Clock.CreateTimer(
            static call => ((LiveCall)call!).Complete(), this, after > TimeSpan.Zero ? after : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private void Become(CallStatus status, int? sipCode = null)
    {
        if (!Record.Status.MayBecome(status)) throw new InvalidOperationException($"call {Record.Sid} cannot go from {Record.Status} to {status}");
        var wasQueued = Record.Status == CallStatus.Queued;
        Put(Rated(Record with
        {
            Status = status,
            DateUpdated = Now,
            StartTime = status == CallStatus.Initiated ? Now : Record.StartTime,
            AnswerTime = status == CallStatus.InProgress ? Now : Record.AnswerTime,
            EndTime = status.IsFinal() ? Now : null,
        }));
        // A call cancelled in the queue tells nobody (measured; twilio.com/docs/voice/api/call-resource).
        if (wasQueued && status == CallStatus.Canceled) return;
        if (_services.Reporter.Report(Record, Instructions, _callbackCount, sipCode, Cause)) _callbackCount++;
    }

    /// <summary>Billed per started minute of answered time (twilio.com/docs/voice/api/call-resource); who was not answered pays nothing.</summary>
    private Call Rated(Call record) => record.Status != CallStatus.Completed
        ? record
        : record with { Price = Price.Of(record.StartedMinutes * _services.Prices.OfCallMinute(record.From, record.To, record.Direction == CallDirection.Inbound)) };

    private void Put(Call record)
    {
        Record = record;
        Cause = _services.World.Store.Put(Call.Table, record.Account, record, record.Status.Kind(), Cause).Seq;
    }

    private void CancelScope()
    {
        if (_scope is { } scope) _services.World.Loop.Post(() =>
        {
            // A later scope is not this one's to cancel.
            if (scope != _scope) return;
            scope.Cancel();
            if (IsOver) scope.Dispose();
        });
    }
}
