using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Media.Rtp.Sockets;

namespace TwilioEmu.Carrier.BrowserPhones;

/// <summary>Joins people with microphones to the simulated phones of a world: the phones a browser shows (softphones).</summary>
/// <remarks>
/// Loop-confined. A phone in a browser is a handset like any other: it is rung, answered and scripted alike, and has a voice besides.
/// </remarks>
public sealed class PhoneTalks : IDisposable
{
    private readonly World _world;
    private readonly Studio _studio;
    private readonly FrameClock _frames;
    private readonly Dictionary<HandsetLeg, PhoneTalk> _talks = [];

    public PhoneTalks(World world, Studio studio)
    {
        (_world, _studio) = (world, studio);
        _frames = new FrameClock(world.Clock, (why, fault) => world.Loop.Post(() => world.Journal.TellOfFault(fault, why)));
    }

    /// <summary>Joins a person to a phone's end of a call.</summary>
    /// <param name="leg">One that is not over.</param>
    /// <param name="hear">Told each frame of what is heard, on the frame
    /// thread: 160 bytes of mu-law; it does little and never blocks.</param>
    /// <param name="over">Told on the loop, once: the call ended, or the talk was disposed.</param>
    /// <returns>Null when somebody talks at this phone already: two microphones are none.</returns>
    public PhoneTalk? TryJoin(HandsetLeg leg, Action<byte[]> hear, Action over)
    {
        if (leg.State == LegState.Ended || _talks.ContainsKey(leg)) return null;
        var late = new LateFrames(_frames);
        var talk = new PhoneTalk(_world, leg, _studio, _frames, hear, () =>
        {
            _talks.Remove(leg);
            LateFrames.Tell(_world, leg.Address.ToString(), late.Count);
            over();
        });
        _talks.Add(leg, talk);
        return talk;
    }

    /// <summary>Stops the frame thread; off the loop, when the world is over.</summary>
    public void Dispose() => _frames.Dispose();
}
