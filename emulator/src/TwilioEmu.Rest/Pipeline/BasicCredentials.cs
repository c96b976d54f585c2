using System.Collections.Concurrent;
using System.Text;
using System.Text.Unicode;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>
/// Reads <c>Authorization: Basic base64(user ":" password)</c> (RFC 7617 §2) and <c>Authorization: Bearer token</c> (RFC 6750 §2.1).
/// </summary>
/// <remarks>
/// Remembers the headers of those who were admitted, whole, and the account they opened: a client sends the same one with every
/// request. What strangers send is read each time and not remembered. Safe from any thread.
/// </remarks>
internal sealed class BasicCredentials
{
    // An account SID and token are 67 bytes; nobody's name and password are longer than this.
    private const int MaxBasicLength = 512;

    // An access token of ours has some 500 characters; a header line of more than this the host refuses anyway.
    private const int MaxBearerLength = 8 * 1024;

    // Keys of a world, and tokens of its clients: when there are more, all are read anew, which costs one more reading of each.
    private const int MostRemembered = 1024;

    private const string BasicScheme = "Basic ";
    private const string BearerScheme = "Bearer ";

    private readonly ConcurrentDictionary<string, Credentials> _admitted = new(StringComparer.Ordinal);

    /// <summary>User and password, or a bearer's token; all null without usable credentials.</summary>
    public Credentials Read(string? header)
    {
        if (header is null || header.Length > MaxBearerLength) return Credentials.None;
        return _admitted.TryGetValue(header, out var known) ? known : Parse(header);
    }

    /// <summary>Says that they opened an account. One thread at a time.</summary>
    public void Admit(Credentials credentials, string account)
    {
        if (credentials == Credentials.None || credentials.Account == account) return;
        credentials.Account = account;
        if (_admitted.Count >= MostRemembered) _admitted.Clear();
        _admitted[credentials.Header] = credentials;
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
        set => Volatile.Write(ref _account, value);
    }
}
