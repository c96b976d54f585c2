using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TwilioEmu.Media.Rtp.Secure;

/// <summary>Encrypts and authenticates single packets under session keys.</summary>
/// <remarks>RFC 3711 §4.1.1 and 4.2.1, RFC 7714 §8 and 9. One thread.</remarks>
internal sealed class PacketCipher : IDisposable
{
    private readonly SessionKeys _keys;
    private readonly Aes? _aes;
    private readonly AesGcm? _gcm;

    public PacketCipher(SrtpProfile profile, SessionKeys keys)
    {
        _keys = keys;
        if (profile.IsGcm())
        {
            _gcm = new AesGcm(keys.Cipher, profile.RtpTagByteCount());
            return;
        }
        _aes = Aes.Create();
        _aes.Key = keys.Cipher;
    }

    public bool IsGcm => _gcm is not null;

    public void Dispose()
    {
        _aes?.Dispose();
        _gcm?.Dispose();
    }

    /// <summary>Counter mode: encrypts and decrypts, in place.</summary>
    /// <param name="ssrc">Of the packet.</param>
    /// <param name="index">48 bits: rollover counter and sequence number; 31 bits for RTCP.</param>
    /// <param name="data">The payload.</param>
    public void ApplyCounterMode(uint ssrc, long index, Span<byte> data)
    {
        Span<byte> iv = stackalloc byte[CounterMode.BlockByteCount];
        iv.Clear();
        _keys.Salt.CopyTo(iv);
        Xor(iv[4..], ssrc);
        Xor(iv[8..], (uint)(index >> 16));
        iv[12] ^= (byte)(index >> 8);
        iv[13] ^= (byte)index;
        CounterMode.Apply(_aes!, iv, data);
    }

    /// <summary>The tag over all of these bytes; compare or send as many as the profile has.</summary>
    public void Authenticate(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> suffix, Span<byte> tag20)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, _keys.Authentication);
        hmac.AppendData(packet);
        hmac.AppendData(suffix);
        hmac.GetHashAndReset(tag20);
    }

    public void Seal(uint ssrc, long index, bool isRtcp, ReadOnlySpan<byte> associated, Span<byte> data, Span<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[12];
        WriteNonce(ssrc, index, isRtcp, nonce);
        _gcm!.Encrypt(nonce, data, data, tag, associated);
    }

    public bool TryOpen(uint ssrc, long index, bool isRtcp, ReadOnlySpan<byte> associated, Span<byte> data, ReadOnlySpan<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[12];
        WriteNonce(ssrc, index, isRtcp, nonce);
        try
        {
            _gcm!.Decrypt(nonce, data, tag, data, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    // RTP: 00 00 | SSRC | ROC | SEQ; RTCP: 00 00 | SSRC | 00 00 | index; each XOR salt.
    private void WriteNonce(uint ssrc, long index, bool isRtcp, Span<byte> nonce)
    {
        _keys.Salt.CopyTo(nonce);
        Xor(nonce[2..], ssrc);
        if (isRtcp)
        {
            Xor(nonce[8..], (uint)index);
            return;
        }
        Xor(nonce[6..], (uint)(index >> 16));
        nonce[10] ^= (byte)(index >> 8);
        nonce[11] ^= (byte)index;
    }

    private static void Xor(Span<byte> at, uint value) =>
        BinaryPrimitives.WriteUInt32BigEndian(at, BinaryPrimitives.ReadUInt32BigEndian(at) ^ value);
}
