using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Media.Codecs;
using TwilioEmu.Media.Detection;
using TwilioEmu.Media.Listening;
using TwilioEmu.Media.Rendering;
using TwilioEmu.Media.Rtp;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Carrier.BrowserPhones;

/// <summary>
/// A person talks at a simulated phone and hears its call: a microphone and a loudspeaker joined to a leg (a live softphone).
/// </summary>
/// <remarks>
/// Made and disposed on the loop. Frames are 20 ms: 160 bytes of mu-law at 8 kHz, mono. What is said comes from any thread,
/// what is heard is told on the frame thread, 40 ms behind, so that a cue that comes two frames late is whole. Time is pinned
/// to the wall meanwhile. The phone stays what it is: its script, its keys and the words typed for it go on beside the voice.
/// </remarks>
public sealed class PhoneTalk : IDisposable
{
    /// <summary>Bytes of a frame.</summary>
    public const int FrameByteCount = Grid.FrameSampleCount;

    /// <summary>How far behind the score is rendered.</summary>
    private const int LagFrameCount = 2;

    private readonly World _world;
    private readonly HandsetLeg _leg;
    private readonly Studio _studio;
    private readonly Action<byte[]> _hear;
    private readonly Action _over;
    private readonly Renderer _renderer;
    private readonly SpeechActivity _activity = new(ActivityOptions.Default);
    private readonly LiveInput _input = new(null);
    private readonly JitterRing _ring = new();
    private readonly Listener _ear;
    private readonly Lock _gate = new();
    private readonly short[] _pcm = new short[Grid.FrameSampleCount];
    private readonly IDisposable _joined;
    private readonly Pin _pin;
    private readonly CancellationTokenRegistration _ending;
    private bool _isDisposed;

    internal PhoneTalk(World world, HandsetLeg leg, Studio studio, IFrameClock frames, Action<byte[]> hear, Action over)
    {
        (_world, _leg, _studio, _hear, _over) = (world, leg, studio, hear, over);
        _renderer = new Renderer(studio.Words, studio.Clips);
        // Words are spoken before they are due: the frame thread does not wait for a voice.
        _ear = new Listener(leg.ToParty, world.Clock, Hear, world.Loop.Post) { WantsWords = false };
        _pin = world.Clock.Pin($"{leg.Number} talks");
        leg.FromParty.Put(new Cue(Now, Lanes.Voice, new Source.Live(_input)));
        _joined = frames.Join($"phone {leg.Number}", EachFrame);
        _ending = leg.Ending.Register(Dispose);

        void Hear(Perceived perceived)
        {
            if (perceived is Perceived.Began { Source: Source.Words words }) Prepare([words]);
        }
    }

    /// <summary>The phone's end of the call.</summary>
    public HandsetLeg Leg => _leg;

    private DateTimeOffset Now => _world.Clock.GetUtcNow();

    /// <summary>The person speaks: one frame. Any thread; what comes after the end is dropped.</summary>
    /// <exception cref="ArgumentException">It is no frame.</exception>
    public void Say(ReadOnlySpan<byte> ulaw)
    {
        if (ulaw.Length != FrameByteCount) throw new ArgumentException($"A frame has {FrameByteCount} bytes.", nameof(ulaw));
        lock (_gate) _ring.Put(ulaw);
    }

    /// <summary>Hangs up microphone and loudspeaker; the call goes on.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _ending.Unregister();
        _ear.Dispose();
        _joined.Dispose();
        if (_activity.IsSpeaking) _input.Speech.Ended(Now);
        _leg.FromParty.Put(new Cue(Now, Lanes.Voice, new Source.Silence()));
        _pin.Dispose();
        _over();
    }

    /// <summary>On the frame thread: what was said is heard, what is to be heard goes out.</summary>
    private void EachFrame(long frame)
    {
        ActivityChange change;
        List<Source.Words>? missing = null;
        var heard = new byte[FrameByteCount];
        lock (_gate)
        {
            _ring.Take(_pcm);
            change = _activity.Process(_pcm);
            _input.Write(frame, _pcm);
            _renderer.Render(_leg.ToParty, frame - LagFrameCount, _pcm);
            if (_renderer.Missing.Count > 0) missing = [.. _renderer.Missing];
            G711.EncodeUlaw(_pcm, heard);
        }
        _hear(heard);
        if (change != ActivityChange.None) _world.Loop.Post(() => Speak(change));
        if (missing is not null) _world.Loop.Post(() => Prepare(missing));
    }

    private void Speak(ActivityChange change)
    {
        if (_isDisposed) return;
        if (change == ActivityChange.Began) _input.Speech.Began(Now, _activity.SoundingFor);
        else _input.Speech.Ended(Now);
    }

    private void Prepare(List<Source.Words> missing)
    {
        foreach (var words in missing) _world.Loop.Start(() => _studio.Words.PrepareAsync(words, _world.Ending));
    }
}
