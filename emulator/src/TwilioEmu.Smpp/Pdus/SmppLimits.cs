namespace TwilioEmu.Smpp.Pdus;

/// <summary>Limits on what is read; those of fields are the specification's (SMPP 3.4 §4), in octets with the NUL that ends them.</summary>
public static class SmppLimits
{
    /// <summary>command_length, command_id, command_status, sequence_number.</summary>
    public const int HeaderLength = 16;

    /// <summary>A payload of 64 KiB and all that may go with it (inferred).</summary>
    public const int MaxPduLength = 72 * 1024;

    /// <summary>Optional parameters of one PDU (inferred).</summary>
    public const int MaxTlvs = 128;

    /// <summary>What short_message holds.</summary>
    public const int MaxShortMessage = 254;

    public const int MaxDestinations = 254;

    public const uint MaxSequence = 0x7FFF_FFFF;

    internal const int SystemId = 16;
    internal const int Password = 9;
    internal const int SystemType = 13;
    internal const int AddressRange = 41;
    internal const int ServiceType = 6;
    internal const int Address = 21;
    internal const int LongAddress = 65;
    internal const int MessageId = 65;
    internal const int Time = 17;
    internal const int ListName = 21;
}
