using System.Buffers.Binary;

namespace TwilioEmu.Media.Rtp.Packets;

/// <summary>What an RTP header says, and where the payload lies.</summary>
/// <param name="PayloadType">0 PCMU, 8 PCMA, 13 comfort noise (RFC 3551), 96 and above by SDP.</param>
/// <param name="Marker">First packet of a talkspurt, or of an event.</param>
/// <param name="Sequence">Counts packets.</param>
/// <param name="Timestamp">Counts samples.</param>
/// <param name="Ssrc">Who sends.</param>
/// <param name="PayloadOffset">From the packet's start.</param>
/// <param name="PayloadByteCount">Without padding.</param>
public readonly record struct RtpHeader(
    int PayloadType, bool Marker, ushort Sequence, uint Timestamp, uint Ssrc, int PayloadOffset, int PayloadByteCount);

/// <summary>RTP packets to headers and back.</summary>
/// <remarks>
/// RFC 3550 §5.1:
/// <code>
///  0                   1                   2                   3
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// |                           timestamp                           |
/// |                             SSRC                              |
/// |                    CSRC * CC, extension if X                  |
/// </code>
/// </remarks>
public static class RtpPacket
{
    public const int HeaderByteCount = 12;
    private const int Version = 2;

    /// <summary>Reads a packet; false for what is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out RtpHeader header)
    {
        header = default;
        if (packet.Length < HeaderByteCount || packet[0] >> 6 != Version) return false;
        var offset = HeaderByteCount + ((packet[0] & 0x0F) * 4);
        if ((packet[0] & 0x10) != 0)
        {
            // The extension: 16 bits of its own, 16 bits of length in words.
            if (packet.Length < offset + 4) return false;
            offset += 4 + (BinaryPrimitives.ReadUInt16BigEndian(packet[(offset + 2)..]) * 4);
        }
        if (packet.Length < offset) return false;
        var padding = (packet[0] & 0x20) != 0 ? packet[^1] : 0;
        if (((packet[0] & 0x20) != 0 && padding == 0) || packet.Length - offset < padding) return false;
        header = new RtpHeader(
            packet[1] & 0x7F, (packet[1] & 0x80) != 0, BinaryPrimitives.ReadUInt16BigEndian(packet[2..]),
                BinaryPrimitives.ReadUInt32BigEndian(packet[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet[8..]), offset, packet.Length - offset - padding);
        return true;
    }

    /// <summary>Writes header and payload.</summary>
    /// <returns>How many bytes.</returns>
    public static int Write(in RtpHeader header, ReadOnlySpan<byte> payload, Span<byte> packet)
    {
        packet[0] = Version << 6;
        packet[1] = (byte)((header.Marker ? 0x80 : 0) | (header.PayloadType & 0x7F));
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], header.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], header.Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], header.Ssrc);
        payload.CopyTo(packet[HeaderByteCount..]);
        return HeaderByteCount + payload.Length;
    }
}
