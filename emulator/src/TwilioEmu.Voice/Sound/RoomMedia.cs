using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Voice.Sound;

/// <summary>The mouth of a room: what is played sounds on a track that all its members hear. Nobody speaks or presses keys to it.</summary>
internal sealed class RoomMedia(World world, Track track) : ICallMedia
{
    public Track FromParty { get; } = new(new TrackId($"{track.Id} nobody"));

    public Track ToParty => track;

    public async Task<bool> TryPlayAsync(Source sound, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return false;
        if (sound.Takes is not { } length || length <= TimeSpan.Zero) return true;
        Put(Lanes.Main, sound);
        var isWhole = await Silently.DelayAsync(length, world.Clock, cancellation);
        if (!isWhole) Put(Lanes.Main, new Source.Silence());
        return isWhole;
    }

    public IDisposable PlayAlong(Source sound)
    {
        Put(Lanes.Main, sound);
        return new Silencer(this);
    }

    public async Task SendDigitsAsync(string digits, CancellationToken cancellation)
    {
        var duration = DialString.DurationOf(digits);
        if (duration <= TimeSpan.Zero) return;
        Put(Lanes.Keys, new Source.Keys(digits, duration));
        await Task.Delay(duration, world.Clock, cancellation);
    }

    public PartyInputs Listen() => new(world, static _ => { });

    public void ExpectInput(bool isAwaited)
    {
        // Nobody is there to give any.
    }

    public IDisposable Hear(ICallMedia other) => throw new NotSupportedException("a room hears nobody: its members are in its mix");

    private void Put(int lane, Source source) => track.Put(new Cue(world.Clock.GetUtcNow(), lane, source));

    private sealed class Silencer(RoomMedia media) : IDisposable
    {
        public void Dispose() => media.Put(Lanes.Main, new Source.Silence());
    }
}
