using System.Text;
using System.Text.Unicode;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Reads <c>Authorization: Basic base64(user ":" password)</c> (RFC 7617 §2).</summary>
internal static class BasicCredentials
{
    // An account SID and token are 67 bytes; nobody's name and password are longer than this.
    private const int MaxLength = 512;

    /// <summary>User and password; both null without usable credentials.</summary>
    public static (string? User, string? Password) Read(string? header)
    {
        const string scheme = "Basic ";
        if (header is null || header.Length > MaxLength || !header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return default;
        var encoded = header.AsSpan(scheme.Length).Trim();
        Span<byte> bytes = stackalloc byte[MaxLength];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length)) return default;
        bytes = bytes[..length];
        var colon = bytes.IndexOf((byte)':');
        if (colon < 0 || !Utf8.IsValid(bytes)) return default;
        return (Encoding.UTF8.GetString(bytes[..colon]), Encoding.UTF8.GetString(bytes[(colon + 1)..]));
    }
}
