using System.Buffers.Binary;
using System.Text;

namespace TwilioEmu.Media.Rtp.Packets;

/// <summary>How a stream arrives at the one who reports.</summary>
/// <param name="Ssrc">Of the stream.</param>
/// <param name="FractionLost">Of 256, since the last report.</param>
/// <param name="CumulativeLost">24 bits, signed.</param>
/// <param name="ExtendedHighest">Cycles and sequence number.</param>
/// <param name="Jitter">In timestamp units.</param>
/// <param name="LastSenderReport">Middle 32 bits of its NTP timestamp; 0: none yet.</param>
/// <param name="DelaySinceLast">In 65536ths of a second.</param>
public readonly record struct ReportBlock(
    uint Ssrc, byte FractionLost, int CumulativeLost, uint ExtendedHighest, uint Jitter, uint LastSenderReport, uint DelaySinceLast);

/// <summary>One part of a compound RTCP packet.</summary>
public abstract record RtcpPart(uint Ssrc)
{
    /// <param name="Ssrc">Who sends.</param>
    /// <param name="Ntp">64 bits: seconds since 1900, and their fraction.</param>
    /// <param name="Timestamp">The same instant on the stream's clock.</param>
    /// <param name="PacketCount">Sent.</param>
    /// <param name="ByteCount">Of payload sent.</param>
    /// <param name="Blocks">What it receives.</param>
    public sealed record SenderReport(
        uint Ssrc, ulong Ntp, uint Timestamp, uint PacketCount, uint ByteCount, IReadOnlyList<ReportBlock> Blocks) : RtcpPart(Ssrc);

    public sealed record ReceiverReport(uint Ssrc, IReadOnlyList<ReportBlock> Blocks) : RtcpPart(Ssrc);

    /// <summary>Its canonical name.</summary>
    public sealed record Description(uint Ssrc, string Cname) : RtcpPart(Ssrc);

    public sealed record Bye(uint Ssrc) : RtcpPart(Ssrc);
}

/// <summary>RTCP packets to parts and back.</summary>
/// <remarks>RFC 3550 §6: <c>|V=2|P| count | PT | length in words - 1 | body |</c>, one after the other. Unknown kinds are stepped
/// over.</remarks>
public static class Rtcp
{
    private const int Sr = 200;
    private const int Rr = 201;
    private const int Sdes = 202;
    private const int ByeType = 203;
    private const int BlockByteCount = 24;
    private const int Cname = 1;
    private const int MaxParts = 32;

    private static readonly DateTimeOffset NtpEpoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>True when a datagram on a port shared with RTP is RTCP (RFC 5761 §4).</summary>
    public static bool Is(ReadOnlySpan<byte> packet) => packet.Length >= 8 && packet[0] >> 6 == 2 && packet[1] is >= 192 and <= 223;

    /// <summary>Seconds since 1900 and their fraction, 32 bits each.</summary>
    public static ulong NtpOf(DateTimeOffset instant)
    {
        var ticks = (instant - NtpEpoch).Ticks;
        var (seconds, rest) = ((ulong)(ticks / TimeSpan.TicksPerSecond), (ulong)(ticks % TimeSpan.TicksPerSecond));
        return (seconds << 32) | ((rest << 32) / TimeSpan.TicksPerSecond);
    }

    public static bool TryRead(ReadOnlySpan<byte> packet, List<RtcpPart> parts)
    {
        parts.Clear();
        while (packet.Length >= 8 && parts.Count < MaxParts)
        {
            var (count, type, byteCount) = (packet[0] & 0x1F, (int)packet[1], (BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) + 1) * 4);
            if (packet[0] >> 6 != 2 || byteCount > packet.Length || byteCount < 8) return false;
            if (ReadPart(type, count, packet[4..byteCount]) is { } part) parts.Add(part);
            packet = packet[byteCount..];
        }
        return parts.Count > 0 && packet.Length == 0;
    }

    /// <summary>Writes a compound packet.</summary>
    /// <returns>How many bytes.</returns>
    public static int Write(IReadOnlyList<RtcpPart> parts, Span<byte> packet)
    {
        var at = 0;
        foreach (var part in parts)
        {
            var byteCount = WritePart(part, packet[at..]);
            BinaryPrimitives.WriteUInt16BigEndian(packet[(at + 2)..], (ushort)((byteCount / 4) - 1));
            at += byteCount;
        }
        return at;
    }

    private static RtcpPart? ReadPart(int type, int count, ReadOnlySpan<byte> body)
    {
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(body);
        switch (type)
        {
            case Sr when body.Length >= 24 + (count * BlockByteCount):
                return new RtcpPart.SenderReport(
                    ssrc, BinaryPrimitives.ReadUInt64BigEndian(body[4..]), BinaryPrimitives.ReadUInt32BigEndian(body[12..]),
                    BinaryPrimitives.ReadUInt32BigEndian(body[16..]), BinaryPrimitives.ReadUInt32BigEndian(body[20..]),
                        ReadBlocks(body[24..], count));
            case Rr when body.Length >= 4 + (count * BlockByteCount):
                return new RtcpPart.ReceiverReport(ssrc, ReadBlocks(body[4..], count));
            case Sdes when body.Length >= 6 && body[4] == Cname && body.Length >= 6 + body[5]:
                return new RtcpPart.Description(ssrc, Encoding.UTF8.GetString(body.Slice(6, body[5])));
            case ByeType when count > 0: return new RtcpPart.Bye(ssrc);
            default: return null;
        }
    }

    private static ReportBlock[] ReadBlocks(ReadOnlySpan<byte> body, int count)
    {
        var blocks = new ReportBlock[count];
        for (var i = 0; i < count; i++, body = body[BlockByteCount..])
        {
            blocks[i] = new ReportBlock(
                BinaryPrimitives.ReadUInt32BigEndian(body), body[4], BinaryPrimitives.ReadInt32BigEndian(body[4..]) << 8 >> 8,
                BinaryPrimitives.ReadUInt32BigEndian(body[8..]), BinaryPrimitives.ReadUInt32BigEndian(body[12..]),
                BinaryPrimitives.ReadUInt32BigEndian(body[16..]), BinaryPrimitives.ReadUInt32BigEndian(body[20..]));
        }
        return blocks;
    }

    private static int WritePart(RtcpPart part, Span<byte> at)
    {
        BinaryPrimitives.WriteUInt32BigEndian(at[4..], part.Ssrc);
        switch (part)
        {
            case RtcpPart.SenderReport sr:
                Head(at, Sr, sr.Blocks.Count);
                BinaryPrimitives.WriteUInt64BigEndian(at[8..], sr.Ntp);
                BinaryPrimitives.WriteUInt32BigEndian(at[16..], sr.Timestamp);
                BinaryPrimitives.WriteUInt32BigEndian(at[20..], sr.PacketCount);
                BinaryPrimitives.WriteUInt32BigEndian(at[24..], sr.ByteCount);
                WriteBlocks(sr.Blocks, at[28..]);
                return 28 + (sr.Blocks.Count * BlockByteCount);
            case RtcpPart.ReceiverReport rr:
                Head(at, Rr, rr.Blocks.Count);
                WriteBlocks(rr.Blocks, at[8..]);
                return 8 + (rr.Blocks.Count * BlockByteCount);
            case RtcpPart.Description sdes:
                Head(at, Sdes, 1);
                at[8] = Cname;
                at[9] = (byte)Encoding.UTF8.GetBytes(sdes.Cname.Length > 60 ? sdes.Cname[..60] : sdes.Cname, at[10..]);
                // At least one zero ends the list, up to a whole word.
                var padded = (10 + at[9] + 4) & ~3;
                at[(10 + at[9])..padded].Clear();
                return padded;
            case RtcpPart.Bye:
                Head(at, ByeType, 1);
                return 8;
            default: throw new InvalidOperationException($"No such part: {part}");
        }
    }

    private static void Head(Span<byte> at, int type, int count) => (at[0], at[1]) = ((byte)(0x80 | count), (byte)type);

    private static void WriteBlocks(IReadOnlyList<ReportBlock> blocks, Span<byte> at)
    {
        foreach (var block in blocks)
        {
            BinaryPrimitives.WriteUInt32BigEndian(at, block.Ssrc);
            BinaryPrimitives.WriteInt32BigEndian(at[4..], block.CumulativeLost & 0xFFFFFF);
            at[4] = block.FractionLost;
            BinaryPrimitives.WriteUInt32BigEndian(at[8..], block.ExtendedHighest);
            BinaryPrimitives.WriteUInt32BigEndian(at[12..], block.Jitter);
            BinaryPrimitives.WriteUInt32BigEndian(at[16..], block.LastSenderReport);
            BinaryPrimitives.WriteUInt32BigEndian(at[20..], block.DelaySinceLast);
            at = at[BlockByteCount..];
        }
    }
}
