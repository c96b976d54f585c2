using System.Security.Cryptography;
using System.Text;

namespace TwilioEmu.Sip.Digest;

/// <summary>Hashes of digest authentication, the better the greater.</summary>
public enum DigestAlgorithm
{
    /// <summary>RFC 2617; what nearly every phone does.</summary>
    Md5,

    /// <summary>RFC 8760.</summary>
    Sha256,
}

/// <summary>The arithmetic of RFC 7616 §3.4.1 as RFC 8760 §2.4 and RFC 3261 §22 use it.</summary>
internal static class DigestHash
{
    public static string NameOf(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Md5 ? "MD5" : "SHA-256";

    /// <summary>Without the word it is MD5; the <c>-sess</c> kinds are not done.</summary>
    public static bool TryParse(string? word, out DigestAlgorithm algorithm)
    {
        algorithm = DigestAlgorithm.Md5;
        if (word is null || word.Equals("MD5", StringComparison.OrdinalIgnoreCase)) return true;
        algorithm = DigestAlgorithm.Sha256;
        return word.Equals("SHA-256", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary><c>H(username ":" realm ":" password)</c></summary>
    public static string A1(DigestAlgorithm algorithm, string username, string realm, string password) =>
        Hex(algorithm, Encoding.UTF8.GetBytes($"{username}:{realm}:{password}"));

    /// <summary><c>KD(HA1, nonce ":" nc ":" cnonce ":" qop ":" HA2)</c>; without qop <c>KD(HA1, nonce ":" HA2)</c>.</summary>
    public static string Response(DigestAlgorithm algorithm, string a1, string method, ReadOnlySpan<byte> body, DigestCredentials told)
    {
        var integrity = told.Qop == DigestCredentials.AuthInt ? $":{Hex(algorithm, body)}" : "";
        var a2 = Hex(algorithm, Encoding.UTF8.GetBytes($"{method}:{told.Uri}{integrity}"));
        var middle = told.Qop is null ? told.Nonce : $"{told.Nonce}:{told.NonceCount}:{told.ClientNonce}:{told.Qop}";
        return Hex(algorithm, Encoding.UTF8.GetBytes($"{a1}:{middle}:{a2}"));
    }

#pragma warning disable CA5351 // MD5 is what the protocol asks for.
    private static string Hex(DigestAlgorithm algorithm, ReadOnlySpan<byte> text) =>
        Convert.ToHexStringLower(algorithm == DigestAlgorithm.Md5 ? MD5.HashData(text) : SHA256.HashData(text));
#pragma warning restore CA5351
}
