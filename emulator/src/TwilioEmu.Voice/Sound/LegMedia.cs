using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Media.Dtmf;

namespace TwilioEmu.Voice.Sound;

/// <summary>The stage of one leg: sound as captions with a length, no samples.</summary>
internal sealed class LegMedia(World world, ILeg leg, Transcript transcript) : ICallMedia
{
    private readonly List<PartyInputs> _listeners = [];
    private (Utterance Utterance, DateTimeOffset Began)? _playing;
    private ICallMedia? _joined;

    public async Task PlayAsync(Utterance utterance, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (utterance.Duration <= TimeSpan.Zero) return;
        Begin(utterance);
        try
        {
            await Task.Delay(utterance.Duration, world.Clock, cancellation);
            End(utterance);
        }
        catch (OperationCanceledException)
        {
            Cut(utterance);
            throw;
        }
    }

    public IDisposable PlayAlong(Utterance utterance)
    {
        Begin(utterance);
        return new Undo(() => Cut(utterance));
    }

    public async Task SendDigitsAsync(string digits, CancellationToken cancellation)
    {
        var duration = DialString.DurationOf(digits);
        if (duration <= TimeSpan.Zero) return;
        transcript.Heard(new Utterance(UtteranceKind.Tone, digits, duration));
        leg.HearDigits(digits);
        await Task.Delay(duration, world.Clock, cancellation);
    }

    public PartyInputs Listen()
    {
        var inputs = new PartyInputs(world, i => _listeners.Remove(i));
        _listeners.Add(inputs);
        return inputs;
    }

    public void ExpectInput(bool isAwaited) => leg.ExpectsInput(isAwaited);

    public IDisposable Join(ICallMedia other)
    {
        _joined = other;
        return new Undo(() => _joined = null);
    }

    public void Overhear(Utterance utterance) => Begin(utterance);

    public void OverhearEnd(Utterance utterance)
    {
        if (_playing is { } playing && playing.Utterance == utterance && Elapsed(playing.Began) < utterance.Duration) Cut(utterance);
        else End(utterance);
    }

    public void OverhearKey(char key)
    {
        transcript.Heard(new Utterance(UtteranceKind.Tone, key.ToString(), DialString.KeyDuration));
        leg.HearDigits(key.ToString());
    }

    /// <summary>The party began to speak.</summary>
    public void BeganSpeaking(Utterance utterance)
    {
        transcript.Said(utterance);
        foreach (var listener in _listeners) listener.Put(new PartyInput.SpeechBegan(utterance));
        _joined?.Overhear(utterance);
    }

    /// <summary>The party fell silent.</summary>
    public void EndedSpeaking(Utterance utterance)
    {
        foreach (var listener in _listeners) listener.Put(new PartyInput.SpeechEnded(utterance));
        _joined?.OverhearEnd(utterance);
    }

    /// <summary>The party pressed a key.</summary>
    public void Pressed(char key)
    {
        transcript.Pressed(key);
        foreach (var listener in _listeners) listener.Put(new PartyInput.Key(key));
        _joined?.OverhearKey(key);
    }

    /// <summary>The leg is about to end: what is still sounding is cut short.</summary>
    public void Close()
    {
        _joined = null;
        if (_playing is { } playing) Cut(playing.Utterance);
    }

    private void Begin(Utterance utterance)
    {
        if (_playing is { } former) Cut(former.Utterance);
        _playing = (utterance, world.Clock.GetUtcNow());
        transcript.Heard(utterance);
        leg.Hear(utterance);
    }

    private void End(Utterance utterance)
    {
        if (_playing?.Utterance == utterance) _playing = null;
    }

    private void Cut(Utterance utterance)
    {
        if (_playing is not { } playing || playing.Utterance != utterance) return;
        _playing = null;
        var elapsed = Elapsed(playing.Began);
        if (elapsed >= utterance.Duration) return;
        leg.HearNothing();
        transcript.CutShort(utterance, elapsed);
    }

    private TimeSpan Elapsed(DateTimeOffset began) => world.Clock.GetUtcNow() - began;

    /// <summary>Undoes once.</summary>
    private sealed class Undo(Action undo) : IDisposable
    {
        private Action? _undo = undo;

        public void Dispose()
        {
            _undo?.Invoke();
            _undo = null;
        }
    }
}
