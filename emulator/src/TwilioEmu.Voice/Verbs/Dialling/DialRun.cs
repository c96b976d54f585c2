using TwilioEmu.Carrier.Switching;
using TwilioEmu.Media.Score;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Documents;
using TwilioEmu.Voice.Recordings;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>Runs one Dial.</summary>
/// <remarks>
/// Loop-confined. 1. Judge who may be called and shown; 2. ring the parties, all at once or in turn, until one answers;
/// 3. bridge until one side leaves; 4. ask for the action. When the caller leaves or is redirected meanwhile, the called legs are
/// dropped and the action is still requested, its answer ignored (measured; twilio.com/docs/voice/api/call-resource).
/// </remarks>
internal sealed class DialRun(Dial dial, VerbContext context)
{
    /// <summary>Twilio adds about five seconds to the timeout (twilio.com/docs/voice/twiml/dial#timeout).</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly List<LiveCall> _ringing = [];
    private LiveCall? _child;
    private LiveRecording? _recording;
    private IDisposable? _waiting;
    private Next? _elsewhere;
    private bool _isBridged;

    /// <summary>Told when a party has answered and is about to be bridged.</summary>
    public Action? Bridging { get; init; }

    /// <summary>Told when a party rings.</summary>
    public Action? Ringing { get; init; }

    /// <summary>True once the parties could talk.</summary>
    public bool WasBridged => _isBridged;

    /// <summary>The final SIP response of the last party that was called; null where there was none.</summary>
    public int? LastSipStatus => _child?.SipStatus;

    public async Task<Next> RunAsync(CancellationToken cancellation)
    {
        if (context.IsWhisper)
        {
            return new Next.Failed(13201, "Dial: Cannot Dial out from a Dial Call Segment", context.Document.Self ?? "", IsAlerted: false);
        }
        if (!dial.AnswersOnBridge) await context.AnswerAsync(cancellation);
        // 1. Who may be called.
        var candidates = new DialCandidates(dial, context);
        var calls = candidates.Judge();
        // Somebody else may still answer; alone with what is not emulated, the call would go on as if nobody had.
        if (candidates.WarnOfUnbuilt(isAlone: calls.Count == 0) is { } end) return end;
        try
        {
            if (dial.Recording is { IsFromRinging: true } fromRinging && calls.Count > 0)
            {
                _recording = context.Record(fromRinging.Spec(context));
            }
            await DialAsync(calls, cancellation);
        }
        catch (OperationCanceledException)
        {
            Leave();
            throw;
        }
        finally
        {
            _recording?.Stop(context.Cause);
        }
        // The party that was dialled had the caller sent on: what follows is that document's.
        if (_elsewhere is { } elsewhere) return elsewhere;
        return string.IsNullOrEmpty(dial.Action)
            ? Next.Continue
            : context.Request(dial.Action, dial.Method, WebhookPurpose.Action, Outcome());
    }

    private async Task DialAsync(List<DialCandidate> calls, CancellationToken cancellation)
    {
        var groups = dial.IsSequential ? calls.Select(c => new[] { c }) : calls.Count == 0 ? [] : [calls.ToArray()];
        foreach (var group in groups)
        {
            // 2. Ring. The caller's star gives up (twilio.com/docs/voice/twiml/dial#hangupOnStar): the rest of the parties are not called
            // either.
            using var star = new StarKey(dial, context, cancellation);
            _waiting = context.IsAnswered ? context.Media.PlayAlong(new Source.Tone(dial.Ringback, null)) : null;
            var isReady = false;
            try
            {
                if (await RingAsync(group, star, cancellation) is { } answered)
                {
                    _child = answered;
                    // A called party who hangs up in its whisper has declined: the next one's turn, if there is one.
                    isReady = await WhisperedAsync(answered, star, cancellation);
                }
                if (star.IsPressed) return;
                if (!isReady) continue;
            }
            finally
            {
                _waiting?.Dispose();
                _waiting = null;
            }
            // 3. Bridge.
            Bridging?.Invoke();
            await context.AnswerAsync(cancellation);
            star.Dispose();
            await BridgeAsync(answered: _child!, cancellation);
            return;
        }
    }

    /// <summary>The first to answer, or null when nobody did, or the caller gave up.</summary>
    private async Task<LiveCall?> RingAsync(DialCandidate[] group, StarKey star, CancellationToken cancellation)
    {
        foreach (var candidate in group) _ringing.Add(Place(candidate));
        while (_ringing.Count > 0)
        {
            Task[] ends = [.. _ringing.Select(c => c.Connected.Task), star.Pressed];
            await Task.WhenAny(ends).WaitAsync(cancellation);
            if (star.IsPressed)
            {
                GiveUp();
                return null;
            }
            foreach (var call in _ringing.Where(c => c.Connected.Task.IsCompleted).ToArray())
            {
                _ringing.Remove(call);
                _child = call;
                if (!await call.Connected.Task) continue;
                DropRinging();
                return call;
            }
        }
        return null;
    }

    private LiveCall Place(DialCandidate candidate)
    {
        var noun = candidate.Noun;
        var instructions = new CallInstructions
        {
            First = noun.Url is { } url && context.Document.TryResolve(url, out var whisper)
                ? new DocumentRequest.Fetch(whisper, noun.Method, WebhookPurpose.Whisper, [])
                : null,
            SendDigits = noun.SendDigits,
            Parameters = candidate.Parameters,
            ShownTo = candidate.ShownTo,
            Reason = dial.Reason,
            ByocTrunk = noun.Byoc,
            Login = noun is DialNoun.Sip { Username: { } username } sip ? new SipLogin(username, sip.Password ?? "") : null,
            Timeout = dial.Timeout + Grace,
            ClientNotificationUrl = noun is DialNoun.Client { NotificationUrl: { } notified } ? context.Absolute(notified, 13806) : null,
            StatusCallback = noun.StatusCallback is { } callback && context.Document.TryResolve(callback, out var status) ? status : null,
            StatusCallbackMethod = noun.StatusCallbackMethod,
            StatusCallbackEvents = noun.StatusCallbackEvents,
            Detection = noun.Detection is { } detection
                ? detection with
                {
                    Callback = detection.Callback is { } amd && context.Document.TryResolve(amd, out var told) ? told : null,
                } : null,
        };
        if (noun.Url is not null && instructions.First is null) context.Warn(11100, context.Document.WhyUnresolved(noun.Url));
        if (noun.StatusCallback is not null && instructions.StatusCallback is null)
        {
            context.Warn(11100, context.Document.WhyUnresolved(noun.StatusCallback));
        }
        var call = context.PlaceCall(candidate.To, candidate.CallerId, instructions);
        call.Progressed = hasEarlyMedia => Progress(call, hasEarlyMedia);
        return call;
    }

    /// <summary>
    /// The caller is told that it rings; what can be heard of the called side already takes the place of the ringback tone.
    /// </summary>
    private void Progress(LiveCall call, bool hasEarlyMedia)
    {
        Ringing?.Invoke();
        if (!_ringing.Contains(call)) return;
        context.Live.Ring(hasEarlyMedia);
        if (!hasEarlyMedia) return;
        _waiting?.Dispose();
        _waiting = context.Media.Hear(call.Media);
    }

    private static async Task<bool> WhisperedAsync(LiveCall child, StarKey star, CancellationToken cancellation)
    {
        // The child's own procedure whispers; it is ready, or its party is gone.
        await Task.WhenAny(child.Ready.Task, child.Left.Task, star.Pressed).WaitAsync(cancellation);
        if (star.IsPressed && !child.IsOver && !child.WentElsewhere) child.Complete();
        return child.Ready.IsSet && !child.Left.IsSet;
    }

    private async Task BridgeAsync(LiveCall answered, CancellationToken cancellation)
    {
        _isBridged = true;
        if (dial.Recording is { } recorded) _recording ??= context.Record(recorded.Spec(context));
        answered.TalkRecording = _recording;
        var other = new BridgeSide(answered.Record.Sid, answered.Record.To, answered.Media, answered.Transcript!, answered.Left);
        // Joined again after a transfer that failed, they have the rest of their time.
        var until = context.Now + dial.TimeLimit;
        bool isJoinedAgain;
        do
        {
            using var referral = new Referral(dial, context, answered);
            using var ofCaller = new CallerReferral(dial, context, answered);
            await Bridge.RunAsync(dial, context, other, until - context.Now, referral.Wished.Task, cancellation);
            _elsewhere = referral.Wished.IsSet ? await referral.FollowAsync(cancellation) : null;
            isJoinedAgain = referral.Wished.IsSet && _elsewhere is null && !answered.Left.IsSet;
        }
        while (isJoinedAgain);
        if (!answered.WentElsewhere) answered.Complete();
        context.Note(TranscriptEntries.Parted, ("with", answered.Record.Sid));
    }

    /// <summary>The caller is gone, or sent elsewhere.</summary>
    private void Leave()
    {
        GiveUp();
        if (_child is { IsOver: false, WentElsewhere: false } child)
        {
            child.End(child.IsAnswered ? LegEnd.Released : LegEnd.Cancelled);
        }
        if (string.IsNullOrEmpty(dial.Action)) return;
        _recording?.Stop(context.Cause);
        context.SendAside(dial.Action, dial.Method, WebhookPurpose.Action, Outcome());
    }

    private List<KeyValuePair<string, string>> Outcome()
    {
        List<KeyValuePair<string, string>> parameters = [.. new DialOutcome(_child, _isBridged).Parameters()];
        if (_recording?.Record is { } recorded) parameters.AddRange(context.ParametersOf(recorded));
        return parameters;
    }

    /// <summary>Nobody is waited for any more: what the action is told is of who rang last, not of one that was tried before.</summary>
    private void GiveUp()
    {
        if (_ringing.Count > 0) _child = _ringing[^1];
        DropRinging();
    }

    private void DropRinging()
    {
        foreach (var call in _ringing)
        {
            call.End(call.IsAnswered ? LegEnd.Released : LegEnd.Cancelled);
        }
        _ringing.Clear();
    }
}
