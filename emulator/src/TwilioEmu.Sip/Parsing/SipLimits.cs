namespace TwilioEmu.Sip.Parsing;

/// <summary>What a message may measure; beyond it is refused before anything is kept.</summary>
/// <remarks>The RFC names no limits but a datagram's own; these are (inferred): ten times what phones and trunks send.</remarks>
public static class SipLimits
{
    /// <summary>A UDP datagram's largest payload; streams are held to the same.</summary>
    public const int MessageBytes = 65535;

    /// <summary>No message is so short: zeros or a word by which a phone keeps its way through a NAT open.</summary>
    public const int KeepAliveBytes = 4;

    public const int HeaderBytes = 32768;

    /// <summary>Of one header with its folded lines; RFC 4475's <c>longreq</c> has some of a kilobyte.</summary>
    public const int LineBytes = 8192;

    public const int Headers = 256;

    /// <summary>Comma-separated values of one message's Via headers, each a place to parse.</summary>
    public const int Vias = 70;
}
