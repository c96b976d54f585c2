using System.Buffers.Binary;
using System.Security.Cryptography;

namespace TwilioEmu.Media.Rtp.Secure;

/// <summary>Keys of one stream of packets, derived once from the master key.</summary>
/// <param name="Cipher">16 or 32 bytes.</param>
/// <param name="Authentication">20 bytes; none for GCM.</param>
/// <param name="Salt">14 bytes; 12 for GCM.</param>
internal sealed record SessionKeys(byte[] Cipher, byte[] Authentication, byte[] Salt)
{
    private const int RtcpLabels = 3;
    private const int AuthenticationByteCount = 20;

    /// <summary>Labels 0, 1, 2 for RTP and 3, 4, 5 for RTCP (RFC 3711 §4.3.2); the key derivation rate is zero.</summary>
    public static SessionKeys Derive(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, bool isRtcp)
    {
        if (masterKey.Length != profile.KeyByteCount()) throw new ArgumentException("A master key of another length.", nameof(masterKey));
        if (masterSalt.Length != profile.SaltByteCount())
        {
            throw new ArgumentException("A master salt of another length.", nameof(masterSalt));
        }
        var first = isRtcp ? RtcpLabels : 0;
        return new SessionKeys(
            Derive(masterKey, masterSalt, first, masterKey.Length),
            profile.IsGcm() ? [] : Derive(masterKey, masterSalt, first + 1, AuthenticationByteCount),
            Derive(masterKey, masterSalt, first + 2, masterSalt.Length));
    }

    private static byte[] Derive(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, int label, int byteCount)
    {
        // RFC 3711 §4.3.1 and 4.3.3: counter mode from (label << 48) XOR salt, a salt of 96 bits filled up with zeros (RFC 7714 §11).
        Span<byte> iv = stackalloc byte[CounterMode.BlockByteCount];
        iv.Clear();
        masterSalt.CopyTo(iv);
        iv[7] ^= (byte)label;
        var key = new byte[byteCount];
        using var aes = Aes.Create();
        aes.Key = masterKey.ToArray();
        CounterMode.Apply(aes, iv, key);
        return key;
    }
}

/// <summary>AES in counter mode as SRTP has it.</summary>
internal static class CounterMode
{
    public const int BlockByteCount = 16;

    /// <summary>XORs the key stream onto the data, in place; the last 16 bits of the IV count blocks.</summary>
    public static void Apply(Aes aes, Span<byte> iv, Span<byte> data)
    {
        Span<byte> block = stackalloc byte[BlockByteCount];
        for (ushort counter = 0; data.Length > 0; counter++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(iv[14..], counter);
            aes.EncryptEcb(iv, block, PaddingMode.None);
            var count = Math.Min(BlockByteCount, data.Length);
            for (var i = 0; i < count; i++) data[i] ^= block[i];
            data = data[count..];
        }
    }
}
