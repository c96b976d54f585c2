using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Carrier.Handsets.Deeds;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Looping;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>A phone's end of a call, and the hands of its owner: a script, the control API, a browser.</summary>
/// <remarks>
/// Loop-confined. News to the owner comes in later turns, in order. A phone driven from outside holds virtual time while it
/// rings unanswered and while the other side waits for its keys or words; the first act of its owner lets time go on. A phone that dials
/// without a script, and one whose owner has acted, is led by hand as long as the call lasts: time does not run away from its owner.
/// </remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "The end of the leg disposes what it owns.")]
public sealed class HandsetLeg : ILeg
{
    private readonly World _world;
    private readonly Handset _phone;
    private readonly LegRegister _legs;
    private readonly HandsetHearing _hearing;
    private readonly CancellationTokenSource _ending;
    private readonly Signal<bool> _connected;
    private readonly IReadOnlyList<ScriptStep> _script;
    private ScriptProgress? _progress;
    private Task _acts = Task.CompletedTask;
    private ILegOwner? _owner;
    private Hold? _awaited;
    private Lead? _lead;
    private int _acting;

    internal HandsetLeg(
        World world, Handset phone, string other, LegState state, LegTracks tracks, LegRegister legs, IReadOnlyList<ScriptStep> script)
    {
        (FromParty, ToParty) = (tracks.FromParty, tracks.ToParty);
        Address = PartyAddress.Read(phone.Number);
        _world = world;
        _phone = phone;
        _legs = legs;
        _script = script;
        _hearing = new HandsetHearing(world, phone, this, legs.Codes);
        _connected = new Signal<bool>(world.Loop);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(world.Ending);
        Ending = _ending.Token;
        Other = other;
        State = state;
    }

    /// <summary>The call it belongs to.</summary>
    public string CallSid { get; internal set; } = "";

    /// <inheritdoc/>
    public PartyAddress Address { get; }

    /// <summary>The phone's number.</summary>
    public string Number => _phone.Number;

    /// <inheritdoc/>
    public Track FromParty { get; }

    /// <inheritdoc/>
    public Track ToParty { get; }

    /// <summary>The number at the other end.</summary>
    public string Other { get; }

    /// <inheritdoc/>
    public LegState State { get; private set; }

    internal long Cause { get; init; }

    /// <summary>What the phone plays files by.</summary>
    public required Studio Studio { get; init; }

    internal World World => _world;

    internal HandsetEar Ear => _hearing.Ear;

    internal IReadOnlyList<ScriptStep> Script => _script;

    internal CancellationToken Ending { get; }

    /// <summary>How far the owner is in the script; null when there is none, or it is through.</summary>
    internal ScriptProgress? Progress => _progress;

    /// <summary>True while its owner has the call on hold: nothing is said into it, and nothing heard.</summary>
    public bool IsHolding { get; private set; }

    /// <summary>True while its owner follows a script that is not through.</summary>
    public bool IsInScript => _progress is not null;

    private bool IsDriven => _phone.Behaviour.IsDrivenFromOutside && _script.Count == 0;

    /// <inheritdoc/>
    public void Do(LegCommand command)
    {
        switch (command)
        {
            case LegCommand.Answer: _world.Loop.Post(Connect); break;
            case LegCommand.End(var why): End(why); break;
            case LegCommand.AwaitInput(var isAwaited): ExpectInput(isAwaited); break;
                // The rest is signalling that a simulated phone does not show: what it hears on hold is on its track.
        }
    }

    /// <summary>The owner picks up; nothing happens unless it rings.</summary>
    public void AnswerNow()
    {
        if (State != LegState.Ringing) return;
        Decide();
        State = LegState.Answered;
        _connected.TrySet(true);
        if (IsDriven) BeLed();
        Tell(new LegNews.Answered(LegFacts.Simulated));
    }

    /// <summary>The owner hangs up, or declines while it rings.</summary>
    public void HangUpNow()
    {
        _progress = null;
        End(State == LegState.Ringing ? LegEnd.Rejected : LegEnd.HungUp);
    }

    /// <summary>The owner presses keys, after what they are doing already.</summary>
    public void Press(string digits) => Do(new ScriptStep.Presses(digits));

    /// <summary>The owner speaks, after what they are doing already.</summary>
    public void Speak(string text) => Do(new ScriptStep.Says(text));

    /// <summary>The owner plays a sound into the phone, after what they are doing already.</summary>
    public void Play(Source.Clip sound) => Act(() => SayAsync(sound));

    /// <summary>The owner does something by hand, after what they are doing already; to pick up and to hang up they do not wait.</summary>
    public void Do(ScriptStep step) => DeedRegistry.Of(step).Act(step, this);

    internal void Attach(ILegOwner owner)
    {
        _owner = owner;
        if (State == LegState.Ended) return;
        _legs.Add(this);
        _hearing.Begin();
        if (State == LegState.Dialling && _script.Count == 0) BeLed();
    }

    /// <summary>Lives through a call this phone dialled.</summary>
    internal async Task DialAsync()
    {
        // A script of nothing but waiting and hanging up is a caller who gives up while it rings.
        var givesUp = _script.Count > 0 && _script.All(s => s is ScriptStep.Waits or ScriptStep.HangsUp);
        if (!givesUp)
        {
            Reach(new ScriptProgress(_script, -1));
            await _connected.Task.WaitAsync(Ending);
        }
        await ScriptRun.RunAsync(this, [.. _script.SkipWhile(s => s is ScriptStep.Answers)], Ending);
    }

    internal void Ring()
    {
        if (State != LegState.Ringing) return;
        Tell(new LegNews.Progressed(HasEarlyMedia: false));
        AwaitOwner("an answer");
    }

    internal Task ConnectedAsync() => _connected.Task.WaitAsync(Ending);

    /// <summary>Puts the call on hold, or takes it off; once connected, and not twice.</summary>
    internal void HoldNow(bool isOn)
    {
        if (State != LegState.Answered || IsHolding == isOn) return;
        IsHolding = isOn;
        _world.Journal.Write(AccountSid.None, isOn ? HandsetEntries.Held : HandsetEntries.Resumed, Number, Cause, ("call_sid", CallSid));
        if (isOn)
        {
            if (FromParty.Count > 0) FromParty.Put(new Cue(Now, Lanes.Main, new Source.Silence()));
            _hearing.Stop();
        }
        else _hearing.Begin();
        Tell(new LegNews.Asked(new LegWish.Hold(isOn)));
    }

    /// <summary>Asks for the other side to be connected with somebody else, and waits for how it goes; the leg may end meanwhile.</summary>
    internal async Task TransferAsync(string target)
    {
        if (State != LegState.Answered) return;
        var reply = new TransferOutcome(_world.Loop);
        _world.Journal.Write(AccountSid.None, HandsetEntries.Transferring, Number, Cause, ("call_sid", CallSid), ("to", target));
        Tell(new LegNews.Asked(new LegWish.Transfer(target, [], reply)));
        var status = await reply.Status.Task.WaitAsync(Ending);
        _world.Journal.Write(
            AccountSid.None, HandsetEntries.Transferred, Number, Cause, ("call_sid", CallSid), ("to", target), ("status", status));
    }

    internal async Task PressAsync(string digits)
    {
        foreach (var step in DialString.Read(digits))
        {
            if (State != LegState.Answered) return;
            if (step.Key is { } key)
            {
                var tone = new Source.Keys(key.ToString(), step.Duration);
                if (!IsHolding) Utter(Lanes.Keys, tone);
            }
            await Task.Delay(step.Duration, _world.Clock.For("the phone ends its keys"), Ending);
        }
    }

    internal async Task SayAsync(Source sound)
    {
        if (State != LegState.Answered || sound.Takes is not { } length || length <= TimeSpan.Zero) return;
        if (!IsHolding) Utter(Lanes.Main, sound);
        await Task.Delay(length, _world.Clock.For("the phone ends speaking"), Ending);
    }

    private void Utter(int lane, Source sound)
    {
        _phone.RememberUttered(Sound(Now, sound, TimeSpan.Zero));
        FromParty.Put(new Cue(Now, lane, sound));
    }

    /// <summary>The owner is at a step of the script; null when it is through.</summary>
    internal void Reach(ScriptProgress? progress) => _progress = progress is { IsThrough: true } ? null : progress;

    internal void FailScript(ScriptStep step, TimeSpan within)
    {
        _world.Journal.Write(
            AccountSid.None, HandsetEntries.ScriptFailed, Number, Cause, ("call_sid", CallSid), ("step", step.Word),
            ("wanted", step.Wanted),
            ("within", within), ("heard", Ear.Recent));
        HangUpNow();
    }

    internal void End(LegEnd why)
    {
        if (State == LegState.Ended) return;
        Decide();
        LetGo();
        if (FromParty.Count > 0) FromParty.Put(new Cue(Now, Lanes.Main, new Source.Silence()));
        State = LegState.Ended;
        _legs.Remove(this);
        _hearing.End(() => TellCutShort(why));
        if (_owner is { } owner) _world.Loop.Post(() => owner.Told(this, new LegNews.Ended(why)));
        // In a turn of its own: what the owner was doing ends after what made it end.
        _world.Loop.Post(() =>
        {
            _ending.Cancel();
            _ending.Dispose();
        });
    }

    private void TellCutShort(LegEnd why)
    {
        if (_progress is not { } progress) return;
        _progress = null;
        // The last word and the end of the call may fall in one instant; the word was heard.
        if (progress.Current >= 0 && progress.Steps[progress.Current] is ScriptStep.Hears(var words, _) && Ear.HasHeard(words))
        {
            progress = progress with { Current = progress.Current + 1, IsBegun = false };
        }
        if (progress.FirstMissed is not { } missed) return;
        _world.Journal.Write(
            AccountSid.None, HandsetEntries.ScriptCutShort, Number, Cause, ("call_sid", CallSid), ("step", missed.Word),
            ("wanted", missed.Wanted),
            ("number", progress.NumberOf(missed)), ("of", progress.Steps.Count), ("heard", Ear.Recent), ("end", why.Word));
    }

    internal void DoNext(Func<Task> act) => Act(act);

    private void AwaitOwner(string what)
    {
        if (IsDriven && State != LegState.Ended) _awaited ??= _world.Clock.Hold($"{Number}: {what}");
    }

    private void Decide()
    {
        _awaited?.Dispose();
        _awaited = null;
    }

    private void Act(Func<Task> act)
    {
        if (State == LegState.Ended) return;
        // Chained in this turn, so that acts keep the order they were asked for.
        var done = new Signal<bool>(_world.Loop);
        var former = _acts;
        _acts = done.Task;
        // What its owner does takes time, which goes on meanwhile.
        _acting++;
        LetGo();
        _world.Loop.Start(async () =>
        {
            try
            {
                await former;
                Decide();
                if (State != LegState.Ended) await act();
            }
            finally
            {
                done.TrySet(true);
                if (--_acting == 0 && State != LegState.Ended) BeLed();
            }
        });
    }

    private void BeLed() => _lead ??= _world.Clock.Lead(LeadWords("led by hand"));

    private void LetGo()
    {
        _lead?.Dispose();
        _lead = null;
    }

    private string LeadWords(string what) => $"{Number}: {what}";

    private DateTimeOffset Now => _world.Clock.GetUtcNow();

    private void Tell(LegNews news)
    {
        if (_owner is { } owner && State != LegState.Ended) _world.Loop.Post(() => owner.Told(this, news));
    }

    /// <summary>The other side has answered the call this phone dialled.</summary>
    private void Connect()
    {
        if (State != LegState.Dialling) return;
        State = LegState.Answered;
        _connected.TrySet(true);
        _owner?.Told(this, new LegNews.Answered(LegFacts.Simulated));
    }

    private void ExpectInput(bool isAwaited)
    {
        if (isAwaited) AwaitOwner("keys or words");
        else Decide();
        _lead?.Await(LeadWords(isAwaited ? "keys or words" : "led by hand"), isAwaited);
    }

    internal HandsetSound Sound(DateTimeOffset at, Source source, TimeSpan from) =>
        new(at, CallSid, Other, Sounds.Kind(source), Sounds.Caption(source, from), Sounds.Length(source, from));
}
