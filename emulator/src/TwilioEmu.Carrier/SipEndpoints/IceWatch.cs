using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Tells whoever set a phone up with ICE that it waits for what does not come.</summary>
/// <remarks>
/// Loop-confined. Descriptions of ours have no candidates, as those of the live service's SIP interface have none in public
/// captures, and a phone that offers ICE is to go on as without it (RFC 8839 §4.2.3). baresip 1.0 does not: its sound waits for checks
/// that nobody begins, and it neither speaks nor plays what comes (captured).
/// </remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "Over, at the end of the leg, disposes what it owns.")]
internal sealed class IceWatch
{
    /// <summary>Longer than phones take to begin to talk.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A call that was as short as this tells nothing.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    private readonly World _world;
    private readonly PartyAddress _phone;
    private readonly Func<bool> _isSilent;
    private readonly DateTimeOffset _began;
    private readonly ITimer _timer;
    private bool _isOver;

    /// <param name="world">Of the call.</param>
    /// <param name="phone">Whose description has ICE.</param>
    /// <param name="isSilent">True while nothing has come from it; asked until it is over.</param>
    public IceWatch(World world, PartyAddress phone, Func<bool> isSilent)
    {
        (_world, _phone, _isSilent, _began) = (world, phone, isSilent, world.Clock.GetUtcNow());
        _timer = world.Clock.For("a phone with ICE is silent")
            .CreateTimer(_ => Over(), null, Patience, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The call is over, or it has had its time.</summary>
    public void Over()
    {
        if (_isOver) return;
        _isOver = true;
        _timer.Dispose();
        if (_world.Clock.GetUtcNow() - _began < Least || !_isSilent()) return;
        _world.Journal.Warn(
            AccountSid.None, _phone.ToString(), 0,
            "the phone offers ICE and has sent no sound: there is no ICE here, as on the live service's SIP interface, and a phone is "
                + "to go on without it (RFC 8839); this one seems to wait: switch ICE off in its account");
    }
}
