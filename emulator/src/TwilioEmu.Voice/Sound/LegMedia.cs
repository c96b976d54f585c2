using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Listening;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Voice.Sound;

/// <summary>The sound of one leg: writes what its party hears, listens to what it says, and keeps the transcript of both.</summary>
/// <remarks>
/// Loop-confined. One listener a leg: what it tells goes, in this order, to the transcript, to whoever listens (Gather, Record), to the
/// transcripts of parties that are joined. Their ears have it from the tracks.
/// </remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "Close, at the end of the leg, disposes what it owns.")]
internal sealed class LegMedia : ICallMedia
{
    private readonly World _world;
    private readonly ILeg _leg;
    private readonly Transcript _transcript;
    private readonly Listener _ear;
    private readonly List<PartyInputs> _listeners = [];
    private readonly List<LegMedia> _joined = [];
    private readonly Dictionary<int, Sounding> _said = [];
    private readonly Dictionary<(LegMedia, int), Sounding> _overheard = [];
    private Sounding? _playing;

    public LegMedia(World world, ILeg leg, Transcript transcript)
    {
        (_world, _leg, _transcript) = (world, leg, transcript);
        _ear = new Listener(leg.FromParty, world.Clock.For("the call listens"), Perceive, world.Loop.Post) { WantsWords = false };
    }

    public Track FromParty => _leg.FromParty;

    public Track ToParty => _leg.ToParty;

    private DateTimeOffset Now => _world.Clock.GetUtcNow();

    public async Task<bool> TryPlayAsync(Source sound, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return false;
        if (sound.Takes is not { } length || length <= TimeSpan.Zero) return true;
        var playing = Begin(sound);
        var isWhole = await Silently.DelayAsync(length, _world.Clock.For("the prompt ends"), cancellation);
        if (!isWhole) Cut(playing);
        else if (_playing == playing) _playing = null;
        return isWhole;
    }

    public IDisposable PlayAlong(Source sound)
    {
        var playing = Begin(sound);
        return new Undo(() => Cut(playing));
    }

    public async Task SendDigitsAsync(string digits, CancellationToken cancellation)
    {
        var duration = DialString.DurationOf(digits);
        if (duration <= TimeSpan.Zero) return;
        var keys = new Source.Keys(digits, duration);
        _transcript.Heard(keys);
        Put(Lanes.Keys, keys);
        try
        {
            await Task.Delay(duration, _world.Clock.For("the keys end"), cancellation);
        }
        catch (OperationCanceledException)
        {
            Put(Lanes.Keys, new Source.Silence());
            throw;
        }
    }

    public PartyInputs Listen()
    {
        var inputs = new PartyInputs(_world, Forget);
        foreach (var (number, said) in _said)
        {
            inputs.Put(new Perceived.Began(Now, null, number, Lanes.Main, said.Source, said.ReachedAt(Now)));
        }
        _listeners.Add(inputs);
        _ear.WantsWords = true;
        return inputs;
    }

    public void ExpectInput(bool isAwaited) => _leg.Do(new LegCommand.AwaitInput(isAwaited));

    public IDisposable Hear(ICallMedia other)
    {
        var party = (LegMedia)other;
        party._joined.Add(this);
        foreach (var (number, said) in party._said) Overhear(party, number, said.Source, said.ReachedAt(Now));
        Put(Lanes.Main, new Source.Of(party.FromParty));
        return new Undo(() =>
        {
            if (!party._joined.Remove(this)) return;
            foreach (var number in party._said.Keys) OverhearEnd(party, number);
            Put(Lanes.Main, new Source.Silence());
        });
    }

    /// <summary>The leg is about to end: what is still sounding is cut short.</summary>
    public void Close()
    {
        _ear.Dispose();
        foreach (var party in _joined)
        {
            foreach (var number in _said.Keys) party.OverhearEnd(this, number);
        }
        _joined.Clear();
        if (_playing is { } playing) Cut(playing);
        foreach (var sound in _overheard.Values) TellCut(sound);
        _overheard.Clear();
    }

    private void Perceive(Perceived perceived)
    {
        switch (perceived)
        {
            case Perceived.Key key:
                _transcript.Pressed(key.Digit);
                Tell(perceived);
                foreach (var party in _joined) party._transcript.Heard(new Source.Keys(key.Digit.ToString(), DialString.KeyDuration));
                break;
            // Each key is told by itself.
            case Perceived.Began { Source: Source.Keys }: break;
            case Perceived.Began began:
                _said[began.Number] = new Sounding(began.Source, began.At, began.From);
                // What somebody says live has words when it has been recognised.
                if (began.Source is not Source.Live) _transcript.Said(began.Source, began.From);
                Tell(perceived);
                foreach (var party in _joined) party.Overhear(this, began.Number, began.Source, began.From);
                break;
            case Perceived.Caption { IsFinal: true } caption when !_said.TryGetValue(caption.Number, out var said)
                || said.Source is Source.Live:
                var words = new Source.Words(caption.Words, "", TimeSpan.Zero);
                _transcript.Said(words);
                Tell(perceived);
                foreach (var party in _joined) party._transcript.Heard(words);
                break;
            case Perceived.Caption: Tell(perceived); break;
            case Perceived.Ended ended when _said.ContainsKey(ended.Number):
                Tell(perceived);
                foreach (var party in _joined) party.OverhearEnd(this, ended.Number);
                _said.Remove(ended.Number);
                break;
        }
    }

    private void Tell(Perceived perceived)
    {
        foreach (var listener in _listeners) listener.Put(perceived);
    }

    private void Forget(PartyInputs inputs)
    {
        _listeners.Remove(inputs);
        if (_listeners.Count == 0) _ear.WantsWords = false;
    }

    private void Overhear(LegMedia party, int number, Source sound, TimeSpan from)
    {
        _overheard[(party, number)] = new Sounding(sound, Now, from);
        if (sound is not Source.Live) _transcript.Heard(sound, from);
    }

    private void OverhearEnd(LegMedia party, int number)
    {
        if (_overheard.Remove((party, number), out var sound)) TellCut(sound);
    }

    private Sounding Begin(Source sound)
    {
        if (_playing is { } former) Cut(former);
        _transcript.Heard(sound);
        Put(Lanes.Main, sound);
        return _playing = new Sounding(sound, Now, TimeSpan.Zero);
    }

    private void Cut(Sounding sound)
    {
        if (_playing != sound) return;
        _playing = null;
        if (!sound.IsSoundingAt(Now)) return;
        Put(Lanes.Main, new Source.Silence());
        TellCut(sound);
    }

    private void TellCut(Sounding sound)
    {
        if (sound.Source is not Source.Live && sound.IsSoundingAt(Now)) _transcript.CutShort(sound.Source, sound.From, Now - sound.Began);
    }

    private void Put(int lane, Source source) => _leg.ToParty.Put(new Cue(Now, lane, source));

    /// <summary>Something that has begun to sound here.</summary>
    private sealed class Sounding(Source source, DateTimeOffset began, TimeSpan from)
    {
        public Source Source { get; } = source;

        public DateTimeOffset Began { get; } = began;

        /// <summary>How far into the source it was then.</summary>
        public TimeSpan From { get; } = from;

        /// <summary>False once it is over by its own length.</summary>
        public bool IsSoundingAt(DateTimeOffset now) => Source.Takes is not { } takes || ReachedAt(now) < takes;

        /// <summary>How far into the sound an instant is.</summary>
        public TimeSpan ReachedAt(DateTimeOffset now) => From + (now - Began);
    }

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
