using System.Collections.Immutable;
using System.Text;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Digest;

/// <summary>What a server asks: <c>WWW-Authenticate</c> (401) or <c>Proxy-Authenticate</c> (407).</summary>
/// <param name="Qop">The qualities the server takes; empty for a server from before RFC 2617.</param>
/// <param name="IsStale">The credentials were right, their nonce is old: try again without asking anybody.</param>
public sealed record DigestChallenge(string Realm, string Nonce, DigestAlgorithm Algorithm, ImmutableArray<string> Qop, string? Opaque,
    bool IsStale)
{
    /// <summary>False for another scheme or an algorithm we do not do.</summary>
    public static bool TryParse(string text, out DigestChallenge challenge)
    {
        challenge = null!;
        if (!DigestFields.TryParse(text, out var fields) || !fields.TryGetValue("realm", out var realm)
            || !fields.TryGetValue("nonce", out var nonce)) return false;
        if (!DigestHash.TryParse(fields.GetValueOrDefault("algorithm"), out var algorithm)) return false;
        var qop = fields.TryGetValue("qop", out var list) ? list.Split(',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];
        var isStale = fields.TryGetValue("stale", out var stale) && stale.Equals("true", StringComparison.OrdinalIgnoreCase);
        challenge = new(realm, nonce, algorithm, [.. qop.Select(q => q.ToLowerInvariant())], fields.GetValueOrDefault("opaque"), isStale);
        return true;
    }

    public override string ToString()
    {
        var text = new StringBuilder($"Digest realm={QuotedString.Quote(Realm)}, nonce={QuotedString.Quote(Nonce)}, ")
            .Append($"algorithm={DigestHash.NameOf(Algorithm)}");
        if (!Qop.IsEmpty) text.Append($", qop=\"{string.Join(',', Qop)}\"");
        if (Opaque is not null) text.Append($", opaque={QuotedString.Quote(Opaque)}");
        if (IsStale) text.Append(", stale=true");
        return text.ToString();
    }
}
