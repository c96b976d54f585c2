using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TwilioEmu.Sip.Digest;

/// <summary>Whether a nonce is one of ours.</summary>
public enum NonceAge
{
    Forged,
    Fresh,
    Expired,
}

/// <summary>Makes nonces that need not be remembered: the instant, sealed with a key.</summary>
/// <param name="key">Secret, at least 16 octets, from the host's randomness; a mint with the same key knows the nonces of another.</param>
/// <remarks><c>base64url( instant: 8 octets, big-endian milliseconds | salt: 8 octets | first 16 octets of HMAC-SHA256(key, instant | salt
/// | realm) )</c>, RFC 7616 §3.3.</remarks>
public sealed class NonceMint(ReadOnlyMemory<byte> key, string realm, TimeSpan lifetime)
{
    private const int Stamp = 16;
    private const int Seal = 16;
    private const int Length = Stamp + Seal;

    private readonly byte[] _realm = Encoding.UTF8.GetBytes(realm);
    private ulong _count;

    /// <summary>No two are alike: what was made before in the same millisecond is counted.</summary>
    public string Make(DateTimeOffset now)
    {
        Span<byte> nonce = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(nonce, now.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt64BigEndian(nonce[8..], ++_count);
        WriteSeal(nonce[..Stamp], nonce[Stamp..]);
        return Base64Url.EncodeToString(nonce);
    }

    public NonceAge Check(string nonce, DateTimeOffset now)
    {
        Span<byte> octets = stackalloc byte[Length];
        if (nonce.Length != (Length * 4 + 2) / 3 || !Base64Url.TryDecodeFromChars(nonce, octets, out var count)
            || count != Length) return NonceAge.Forged;
        Span<byte> seal = stackalloc byte[Seal];
        WriteSeal(octets[..Stamp], seal);
        if (!CryptographicOperations.FixedTimeEquals(seal, octets[Stamp..])) return NonceAge.Forged;
        var age = now.ToUnixTimeMilliseconds() - BinaryPrimitives.ReadInt64BigEndian(octets);
        return age >= 0 && age < lifetime.TotalMilliseconds ? NonceAge.Fresh : NonceAge.Expired;
    }

    private void WriteSeal(ReadOnlySpan<byte> stamp, Span<byte> seal)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(key.Span, [.. stamp, .. _realm], hash);
        hash[..Seal].CopyTo(seal);
    }
}
