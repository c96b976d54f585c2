namespace TwilioEmu.Voice.Calls;

/// <summary>Who made a call.</summary>
internal enum CallDirection
{
    Inbound,
    OutboundApi,
    OutboundDial,
}

internal static class CallDirections
{
    public static string Word(this CallDirection direction) => direction switch
    {
        CallDirection.Inbound => "inbound",
        CallDirection.OutboundApi => "outbound-api",
        CallDirection.OutboundDial => "outbound-dial",
        _ => throw new ArgumentOutOfRangeException(nameof(direction), direction, "no such direction"),
    };
}
