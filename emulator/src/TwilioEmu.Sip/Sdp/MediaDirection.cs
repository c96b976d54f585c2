namespace TwilioEmu.Sip.Sdp;

/// <summary>Which ways sound goes, seen from who writes the description. RFC 8866 §6.7.</summary>
[Flags]
public enum MediaDirection
{
    Inactive = 0,
    SendOnly = 1,
    ReceiveOnly = 2,
    SendReceive = SendOnly | ReceiveOnly,
}

/// <summary>Directions, their words, and how two ends agree on one.</summary>
public static class MediaDirections
{
    private static readonly (MediaDirection Direction, string Word)[] Words =
    [
        (MediaDirection.SendReceive, "sendrecv"), (MediaDirection.SendOnly, "sendonly"), (MediaDirection.ReceiveOnly, "recvonly"),
            (MediaDirection.Inactive, "inactive"),
    ];

    public static string ToWord(this MediaDirection direction) => Words.First(w => w.Direction == direction).Word;

    /// <summary>The other end's view of the same.</summary>
    public static MediaDirection Reversed(this MediaDirection direction) =>
        (direction.HasFlag(MediaDirection.SendOnly) ? MediaDirection.ReceiveOnly : 0) | (direction.HasFlag(MediaDirection.ReceiveOnly)
            ? MediaDirection.SendOnly : 0);

    /// <summary>RFC 3264 §6.1: of what we would, what the offer leaves: sendonly is answered recvonly or inactive.</summary>
    public static MediaDirection Answer(MediaDirection offered, MediaDirection wished) => offered.Reversed() & wished;

    internal static MediaDirection? In(IEnumerable<SdpAttribute> attributes)
    {
        foreach (var attribute in attributes)
            foreach (var (direction, word) in Words)
                if (attribute.Value is null && attribute.Name == word) return direction;
        return null;
    }
}
