using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace TwilioEmu.Products.Verify.Factors;

/// <summary>Time-based one-time passwords. Pure.</summary>
/// <remarks>RFC 6238 over RFC 4226 section 5.3 (dynamic truncation); secrets are Base32 (RFC 4648 section 6).</remarks>
/// <param name="Algorithm"><c>sha1</c>, <c>sha256</c> or <c>sha512</c>.</param>
/// <param name="TimeStep">How long a code holds.</param>
/// <param name="CodeLength">3 to 8 digits.</param>
/// <param name="Skew">How many codes before and after the present one are taken.</param>
internal sealed record Totp(string Algorithm, TimeSpan TimeStep, int CodeLength, int Skew)
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private static readonly int[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <summary>The code of an instant.</summary>
    public string CodeAt(ReadOnlySpan<byte> secret, DateTimeOffset at) => CodeOf(secret, StepOf(at));

    /// <summary>The step whose code was given, among those that are taken now; null when it is none of them.</summary>
    /// <param name="secret">The shared key.</param>
    /// <param name="code">As typed.</param>
    /// <param name="now">By the verifier's clock.</param>
    /// <param name="after">The last step that was used: a code is taken once (RFC 6238 section 5.2).</param>
    public long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long after)
    {
        var present = StepOf(now);
        for (var step = present - Skew; step <= present + Skew; step++)
        {
            if (step > after && CodeOf(secret, step) == code) return step;
        }
        return null;
    }

    /// <summary>Base32 to bytes; null for what is none. Case, spaces and padding do not matter.</summary>
    public static byte[]? Decode(string text)
    {
        var bytes = new List<byte>(text.Length * 5 / 8);
        var (bits, count) = (0, 0);
        foreach (var c in text.TrimEnd('='))
        {
            if (c == ' ') continue;
            var value = Base32.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal);
            if (value < 0) return null;
            bits = ((bits << 5) | value) & 0xFFF;
            count += 5;
            if (count < 8) continue;
            count -= 8;
            bytes.Add((byte)(bits >> count));
        }
        return bytes.Count == 0 ? null : [.. bytes];
    }

    /// <summary>Bytes to Base32 without padding.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder((bytes.Length * 8 + 4) / 5);
        var (bits, count) = (0, 0);
        foreach (var b in bytes)
        {
            bits = ((bits << 8) | b) & 0xFFFF;
            count += 8;
            while (count >= 5)
            {
                count -= 5;
                text.Append(Base32[(bits >> count) & 31]);
            }
        }
        if (count > 0) text.Append(Base32[(bits << (5 - count)) & 31]);
        return text.ToString();
    }

    private long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / (long)TimeStep.TotalSeconds;

    private string CodeOf(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[64];
        var length = Hash(secret, counter, hash);
        var offset = hash[length - 1] & 0xF;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & 0x7FFFFFFF;
        return (number % Powers[CodeLength]).ToString(CultureInfo.InvariantCulture).PadLeft(CodeLength, '0');
    }

    // RFC 6238 section 1.2: HMAC-SHA-1 unless the two sides agree on another.
    private int Hash(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> counter, Span<byte> to) => Algorithm switch
    {
        "sha256" => HMACSHA256.HashData(secret, counter, to),
        "sha512" => HMACSHA512.HashData(secret, counter, to),
        "sha1" => HashWithSha1(secret, counter, to),
        _ => throw new InvalidOperationException($"no such algorithm: {Algorithm}"),
    };

    [
        System.Diagnostics.CodeAnalysis.SuppressMessage(
            "Security", "CA5350", Justification = "RFC 6238: authenticator apps compute HMAC-SHA-1."),
    ]
    private static int HashWithSha1(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> counter, Span<byte> to) =>
        HMACSHA1.HashData(secret, counter, to);
}
