using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Voice.Calls;

/// <summary>Who made a call.</summary>
internal enum CallDirection
{
    Inbound,
    OutboundApi,
    OutboundDial,

    /// <summary>From the telephone network to an app's own switch, by an Elastic SIP Trunk.</summary>
    TrunkingOriginating,

    /// <summary>From an app's own switch to the telephone network.</summary>
    TrunkingTerminating,
}

internal static class CallDirections
{
    public static readonly Words<CallDirection> Words = new(
        (CallDirection.Inbound, "inbound"),
        (CallDirection.OutboundApi, "outbound-api"),
        (CallDirection.OutboundDial, "outbound-dial"),
        (CallDirection.TrunkingOriginating, "trunking-originating"),
        (CallDirection.TrunkingTerminating, "trunking-terminating"));

    /// <summary>True where the leg is the caller's.</summary>
    public static bool IsFromCaller(this CallDirection direction) =>
        direction is CallDirection.Inbound or CallDirection.TrunkingOriginating or CallDirection.TrunkingTerminating;

    public static string Word(this CallDirection value) => Words.Spell(value);
}
