using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Tells whoever set a phone up with ICE that it waits for what does not come.</summary>
/// <remarks>
/// Loop-confined. Descriptions of ours have no candidates, as those of the live service's SIP interface have none in public
/// captures, and a phone that offers ICE is to go on as without it (RFC 8839 §4.2.3). baresip 1.0 does not: its sound waits for checks
/// that nobody begins, and it neither speaks nor hears (captured).
/// </remarks>
internal static class IceWatch
{
    /// <summary>Longer than phones take to begin to talk.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="world">Of the call.</param>
    /// <param name="phone">Whose description has ICE.</param>
    /// <param name="isSilent">True while the call stands and nothing has come from it.</param>
    public static void Begin(World world, PartyAddress phone, Func<bool> isSilent) =>
        world.Loop.Start(() => WaitAsync(world, phone, isSilent));

    private static async Task WaitAsync(World world, PartyAddress phone, Func<bool> isSilent)
    {
        await Task.Delay(Patience, world.Clock, world.Ending);
        if (!isSilent()) return;
        world.Journal.Warn(
            AccountSid.None, phone.ToString(), 0,
            "the phone offers ICE and has sent no sound: there is no ICE here, as on the live service's SIP interface, and a phone is "
                + "to go on without it (RFC 8839); this one seems to wait: switch ICE off in its account");
    }
}
