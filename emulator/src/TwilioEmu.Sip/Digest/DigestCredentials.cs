using System.Text;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Digest;

/// <summary>What a client answers: <c>Authorization</c> or <c>Proxy-Authorization</c>.</summary>
/// <param name="Qop"><c>auth</c>, <c>auth-int</c>, or null; with it <paramref name="ClientNonce"/> and <paramref name="NonceCount"/> are
/// there.</param>
/// <param name="NonceCount">Eight hexadecimal digits as they were written.</param>
public sealed record DigestCredentials(
    string Username, string Realm, string Nonce, string Uri, string Response, DigestAlgorithm Algorithm, string? Qop, string? ClientNonce,
        string? NonceCount, string? Opaque)
{
    public const string Auth = "auth";
    public const string AuthInt = "auth-int";

    public static bool TryParse(string text, out DigestCredentials credentials)
    {
        credentials = null!;
        if (!DigestFields.TryParse(text, out var fields) || !DigestHash.TryParse(fields.GetValueOrDefault("algorithm"),
            out var algorithm)) return false;
        string? Of(string name) => fields.GetValueOrDefault(name);
        if (Of("username") is not { } username || Of("realm") is not { } realm || Of("nonce") is not { } nonce || Of("uri") is not { } uri
            || Of("response") is not { } response) return false;
        var qop = Of("qop")?.ToLowerInvariant();
        if (qop is not (null or Auth or AuthInt)) return false;
        if (qop is not null && (Of("cnonce") is null || Of("nc") is not { Length: 8 } count
            || !count.All(char.IsAsciiHexDigit))) return false;
        credentials = new(username, realm, nonce, uri, response, algorithm, qop, Of("cnonce"), Of("nc"), Of("opaque"));
        return true;
    }

    public override string ToString()
    {
        var text = new StringBuilder($"Digest username={QuotedString.Quote(Username)}, realm={QuotedString.Quote(Realm)}, ")
            .Append($"nonce={QuotedString.Quote(Nonce)}, ")
            .Append($"uri={QuotedString.Quote(Uri)}, response=\"{Response}\", algorithm={DigestHash.NameOf(Algorithm)}");
        if (Qop is not null) text.Append($", qop={Qop}, nc={NonceCount}, cnonce={QuotedString.Quote(ClientNonce ?? "")}");
        if (Opaque is not null) text.Append($", opaque={QuotedString.Quote(Opaque)}");
        return text.ToString();
    }
}
