using System.Text;
using System.Text.Unicode;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Reads <c>Authorization: Basic base64(user ":" password)</c> (RFC 7617 §2).</summary>
/// <remarks>
/// Remembers a few headers it has read: a client sends the same one with every request. Safe from any thread: a slot is one
/// immutable reference, and losing a race costs one more reading.
/// </remarks>
internal sealed class BasicCredentials
{
    // An account SID and token are 67 bytes; nobody's name and password are longer than this.
    private const int MaxLength = 512;
    private const int Slots = 64;

    private readonly Credentials?[] _read = new Credentials?[Slots];

    /// <summary>User and password; both null without usable credentials.</summary>
    public Credentials Read(string? header)
    {
        if (header is null || header.Length > MaxLength) return Credentials.None;
        ref var slot = ref _read[(uint)string.GetHashCode(header, StringComparison.Ordinal) % Slots];
        var known = Volatile.Read(ref slot);
        if (known is not null && known.Header == header) return known;
        known = Parse(header);
        Volatile.Write(ref slot, known);
        return known;
    }

    private static Credentials Parse(string header)
    {
        const string scheme = "Basic ";
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return Credentials.None;
        Span<byte> bytes = stackalloc byte[MaxLength];
        if (!Convert.TryFromBase64Chars(header.AsSpan(scheme.Length).Trim(), bytes, out var length)) return Credentials.None;
        bytes = bytes[..length];
        var colon = bytes.IndexOf((byte)':');
        if (colon < 0 || !Utf8.IsValid(bytes)) return Credentials.None;
        return new Credentials(header, Encoding.UTF8.GetString(bytes[..colon]), Encoding.UTF8.GetString(bytes[(colon + 1)..]));
    }
}

/// <summary>What an Authorization header says. No record: nothing may print it.</summary>
internal sealed class Credentials(string header, string? user, string? password)
{
    public static Credentials None { get; } = new("", null, null);

    public string Header => header;

    public string? User => user;

    public string? Password => password;
}
