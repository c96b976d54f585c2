using System.Buffers.Binary;
using System.Security.Cryptography;
using TwilioEmu.Media.Rtp.Packets;

namespace TwilioEmu.Media.Rtp.Secure;

/// <summary>Protects what one side sends, or opens what it receives: RTP and RTCP of one master key, one direction.</summary>
/// <remarks>
/// RFC 3711, RFC 7714. Packets are worked on in place; buffers need <see cref="MaxOverhead"/> bytes behind them. Forged, repeated and old
/// packets
/// are refused and change nothing. A stream with another SSRC starts anew. One thread.
/// </remarks>
public sealed class SrtpStream : IDisposable
{
    public const int MaxOverhead = 20;
    private const int IndexByteCount = 4;
    private const int RtcpHeaderByteCount = 8;
    private const uint Encrypted = 0x80000000;

    private readonly SrtpProfile _profile;
    private readonly PacketCipher _rtp;
    private readonly PacketCipher _rtcp;
    private ReplayWindow _rtpSeen = new();
    private ReplayWindow _rtcpSeen = new();
    private uint _ssrc;
    private uint _rollover;
    private ushort _highest;
    private bool _hasAny;
    private uint _rtcpIndex;

    public SrtpStream(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt)
        : this(profile, SessionKeys.Derive(profile, masterKey, masterSalt, false),
            SessionKeys.Derive(profile, masterKey, masterSalt, true))
    { }

    internal SrtpStream(SrtpProfile profile, SessionKeys rtp, SessionKeys rtcp)
    {
        _profile = profile;
        _rtp = new PacketCipher(profile, rtp);
        _rtcp = new PacketCipher(profile, rtcp);
    }

    public void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    /// <summary>Protects an RTP packet that is to be sent.</summary>
    /// <returns>Its new length.</returns>
    public int ProtectRtp(Span<byte> buffer, int byteCount)
    {
        if (!RtpPacket.TryRead(buffer[..byteCount], out var header)) throw new ArgumentException("No RTP packet.", nameof(buffer));
        var index = IndexOf(header);
        Remember(header, index);
        var tag = buffer.Slice(byteCount, _profile.RtpTagByteCount());
        var payload = buffer[header.PayloadOffset..byteCount];
        if (_rtp.IsGcm)
        {
            _rtp.Seal(header.Ssrc, index, false, buffer[..header.PayloadOffset], payload, tag);
            return byteCount + tag.Length;
        }
        _rtp.ApplyCounterMode(header.Ssrc, index, payload);
        Sign(_rtp, buffer[..byteCount], (uint)(index >> 16), tag);
        return byteCount + tag.Length;
    }

    /// <summary>Opens an RTP packet that was received; false for one that is forged, repeated or none.</summary>
    public bool TryUnprotectRtp(Span<byte> buffer, int byteCount, out int openedByteCount)
    {
        openedByteCount = byteCount - _profile.RtpTagByteCount();
        if (openedByteCount < RtpPacket.HeaderByteCount || !RtpPacket.TryRead(WithoutPaddingBit(buffer[..openedByteCount]), out var header))
        {
            return false;
        }
        var isOther = _hasAny && header.Ssrc != _ssrc;
        var index = isOther ? header.Sequence : IndexOf(header);
        if (index < 0 || (!isOther && !_rtpSeen.IsNew(index))) return false;
        var tag = buffer[openedByteCount..byteCount];
        var payload = buffer[header.PayloadOffset..openedByteCount];
        if (_rtp.IsGcm)
        {
            if (!_rtp.TryOpen(header.Ssrc, index, false, buffer[..header.PayloadOffset], payload, tag)) return false;
        }
        else
        {
            if (!IsSigned(_rtp, buffer[..openedByteCount], (uint)(index >> 16), tag)) return false;
            _rtp.ApplyCounterMode(header.Ssrc, index, payload);
        }
        if (isOther) (_hasAny, _rollover, _rtpSeen, _rtcpSeen) = (false, 0, new ReplayWindow(), new ReplayWindow());
        Remember(header, index);
        _rtpSeen.Accept(index);
        return true;
    }

    /// <summary>Protects an RTCP packet that is to be sent.</summary>
    public int ProtectRtcp(Span<byte> buffer, int byteCount)
    {
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(buffer[4..]);
        var index = _rtcpIndex++ & ~Encrypted;
        var tagByteCount = _profile.RtcpTagByteCount();
        var body = buffer[RtcpHeaderByteCount..byteCount];
        Span<byte> word = stackalloc byte[IndexByteCount];
        BinaryPrimitives.WriteUInt32BigEndian(word, index | Encrypted);
        if (_rtcp.IsGcm)
        {
            _rtcp.Seal(
                ssrc, index, true, Associated(buffer, word, stackalloc byte[RtcpHeaderByteCount + IndexByteCount]), body,
                buffer.Slice(byteCount, tagByteCount));
            word.CopyTo(buffer[(byteCount + tagByteCount)..]);
        }
        else
        {
            _rtcp.ApplyCounterMode(ssrc, index, body);
            word.CopyTo(buffer[byteCount..]);
            Sign(_rtcp, buffer[..byteCount], index | Encrypted, buffer.Slice(byteCount + IndexByteCount, tagByteCount));
        }
        return byteCount + IndexByteCount + tagByteCount;
    }

    /// <summary>Opens an RTCP packet that was received.</summary>
    public bool TryUnprotectRtcp(Span<byte> buffer, int byteCount, out int openedByteCount)
    {
        var tagByteCount = _profile.RtcpTagByteCount();
        openedByteCount = byteCount - tagByteCount - IndexByteCount;
        if (openedByteCount < RtcpHeaderByteCount) return false;
        var ssrc = BinaryPrimitives.ReadUInt32BigEndian(buffer[4..]);
        var word = buffer.Slice(_rtcp.IsGcm ? byteCount - IndexByteCount : openedByteCount, IndexByteCount);
        var value = BinaryPrimitives.ReadUInt32BigEndian(word);
        var index = (long)(value & ~Encrypted);
        // Both profiles encrypt; a packet that says it is not encrypted is not ours.
        if ((value & Encrypted) == 0 || !_rtcpSeen.IsNew(index)) return false;
        var body = buffer[RtcpHeaderByteCount..openedByteCount];
        if (_rtcp.IsGcm)
        {
            var associated = Associated(buffer, word, stackalloc byte[RtcpHeaderByteCount + IndexByteCount]);
            if (!_rtcp.TryOpen(ssrc, index, true, associated, body, buffer.Slice(openedByteCount, tagByteCount))) return false;
        }
        else
        {
            if (!IsSigned(_rtcp, buffer[..openedByteCount], value, buffer.Slice(openedByteCount + IndexByteCount, tagByteCount)))
            {
                return false;
            }
            _rtcp.ApplyCounterMode(ssrc, index, body);
        }
        _rtcpSeen.Accept(index);
        return true;
    }

    /// <summary>RFC 3711 appendix A: the rollover counter is guessed so that the sequence number lies nearest the highest one.</summary>
    private long IndexOf(in RtpHeader header)
    {
        if (!_hasAny) return header.Sequence;
        var rollover = (long)_rollover;
        if (_highest < 0x8000) rollover -= header.Sequence - _highest > 0x8000 ? 1 : 0;
        else rollover += _highest - 0x8000 > header.Sequence ? 1 : 0;
        return (rollover << 16) | header.Sequence;
    }

    private void Remember(in RtpHeader header, long index)
    {
        if (_hasAny && header.Ssrc == _ssrc && index <= (((long)_rollover << 16) | _highest)) return;
        (_hasAny, _ssrc, _rollover, _highest) = (true, header.Ssrc, (uint)(index >> 16), header.Sequence);
    }

    private static void Sign(PacketCipher cipher, ReadOnlySpan<byte> packet, uint suffix, Span<byte> tag)
    {
        Span<byte> whole = stackalloc byte[20];
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(word, suffix);
        cipher.Authenticate(packet, word, whole);
        whole[..tag.Length].CopyTo(tag);
    }

    private static bool IsSigned(PacketCipher cipher, ReadOnlySpan<byte> packet, uint suffix, ReadOnlySpan<byte> tag)
    {
        Span<byte> wanted = stackalloc byte[tag.Length];
        Sign(cipher, packet, suffix, wanted);
        return CryptographicOperations.FixedTimeEquals(wanted, tag);
    }

    private static ReadOnlySpan<byte> Associated(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> word, Span<byte> into)
    {
        packet[..RtcpHeaderByteCount].CopyTo(into);
        word.CopyTo(into[RtcpHeaderByteCount..]);
        return into;
    }

    // How long the padding is stands in the last byte, which is still encrypted.
    private static byte[] WithoutPaddingBit(ReadOnlySpan<byte> packet)
    {
        var copy = packet.ToArray();
        copy[0] &= 0xDF;
        return copy;
    }
}
