using System.Text;
using System.Text.Unicode;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>
/// Reads <c>Authorization: Basic base64(user ":" password)</c> (RFC 7617 §2) and <c>Authorization: Bearer token</c> (RFC 6750 §2.1).
/// </summary>
/// <remarks>
/// Remembers a few headers it has read: a client sends the same one with every request. Safe from any thread: a slot is one
/// immutable reference, and losing a race costs one more reading.
/// </remarks>
internal sealed class BasicCredentials
{
    // An account SID and token are 67 bytes; nobody's name and password are longer than this.
    private const int MaxBasicLength = 512;

    // An access token of ours has some 500 characters; a header line of more than this the host refuses anyway.
    private const int MaxBearerLength = 8 * 1024;

    private const int Slots = 64;
    private const string BasicScheme = "Basic ";
    private const string BearerScheme = "Bearer ";

    private readonly Credentials?[] _read = new Credentials?[Slots];

    /// <summary>User and password, or a bearer's token; all null without usable credentials.</summary>
    public Credentials Read(string? header)
    {
        if (header is null || header.Length > MaxBearerLength) return Credentials.None;
        ref var slot = ref _read[(uint)string.GetHashCode(header, StringComparison.Ordinal) % Slots];
        var known = Volatile.Read(ref slot);
        if (known is not null && known.Header == header) return known;
        known = Parse(header);
        Volatile.Write(ref slot, known);
        return known;
    }

    private static Credentials Parse(string header)
    {
        if (header.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase))
        {
            return new Credentials(header, null, null, header[BearerScheme.Length..].Trim());
        }
        if (header.Length > MaxBasicLength || !header.StartsWith(BasicScheme, StringComparison.OrdinalIgnoreCase)) return Credentials.None;
        Span<byte> bytes = stackalloc byte[MaxBasicLength];
        if (!Convert.TryFromBase64Chars(header.AsSpan(BasicScheme.Length).Trim(), bytes, out var length)) return Credentials.None;
        bytes = bytes[..length];
        var colon = bytes.IndexOf((byte)':');
        if (colon < 0 || !Utf8.IsValid(bytes)) return Credentials.None;
        return new Credentials(header, Encoding.UTF8.GetString(bytes[..colon]), Encoding.UTF8.GetString(bytes[(colon + 1)..]), null);
    }
}

/// <summary>What an Authorization header says. No record: nothing may print it.</summary>
internal sealed class Credentials(string header, string? user, string? password, string? bearer)
{
    private string? _account;

    public static Credentials None { get; } = new("", null, null, null);

    public string Header => header;

    public string? User => user;

    public string? Password => password;

    /// <summary>The token of <c>Authorization: Bearer</c>.</summary>
    public string? Bearer => bearer;

    /// <summary>The account they opened when last they were admitted: what a request is counted for before its turn has come.</summary>
    public string? Account
    {
        get => Volatile.Read(ref _account);
        set { if (this != None) Volatile.Write(ref _account, value); }
    }
}
