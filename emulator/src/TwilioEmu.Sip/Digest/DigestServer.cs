using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Digest;

/// <summary>Who asks: a registrar or user agent with 401, a proxy (and Twilio, always) with 407.</summary>
public enum DigestRole
{
    UserAgent,
    Proxy,
}

/// <summary>What a user's password comes to in a realm; the password itself need not be kept.</summary>
/// <param name="Sha256">Null when only the MD5 form was kept: then SHA-256 credentials are wrong.</param>
public sealed record DigestSecret(string Md5, string? Sha256)
{
    public static DigestSecret Of(string username, string realm, string password) =>
        new(DigestHash.A1(DigestAlgorithm.Md5, username, realm, password),
            DigestHash.A1(DigestAlgorithm.Sha256, username, realm, password));

    public override string ToString() => "(secret)";
}

/// <summary>What a request's credentials are worth.</summary>
public enum DigestVerdict
{
    /// <summary>None for our realm: challenge.</summary>
    Missing,

    /// <summary>Right but for an old nonce or a nonce count seen before: challenge with <c>stale=true</c>.</summary>
    Stale,

    /// <summary>Unreadable, another algorithm or qop than asked, or a nonce we did not make: challenge.</summary>
    Unusable,

    /// <summary>No such user, or another password.</summary>
    Wrong,
    Right,
}

/// <summary>Challenges requests and judges what they answer.</summary>
/// <param name="algorithms">In the order they are asked; a client takes the first it can do (RFC 8760 §2.3).</param>
/// <param name="qop">What is asked; an answer without qop is let pass only if this is empty.</param>
/// <remarks>Loop-confined. The only state is the highest count per nonce that came, for <see cref="MaxNonces"/> nonces; when more come the
/// oldest are stale.</remarks>
public sealed class DigestServer(string realm, DigestRole role, NonceMint mint, ImmutableArray<DigestAlgorithm> algorithms,
    ImmutableArray<string> qop)
{
    /// <summary>Nonces whose counts are remembered.</summary>
    public const int MaxNonces = 10_000;

    private static readonly DigestSecret Nobody = DigestSecret.Of("", "", "");

    private readonly Dictionary<string, uint> _counts = [];
    private readonly Queue<string> _order = [];
    private readonly HashSet<string> _forgotten = [];

    public string Realm => realm;

    public int Status => role == DigestRole.Proxy ? 407 : 401;

    /// <summary>The header lines of a challenge, one per algorithm.</summary>
    public IEnumerable<SipHeader> Challenge(DateTimeOffset now, bool isStale)
    {
        foreach (var algorithm in algorithms)
            yield return new(role == DigestRole.Proxy ? HeaderNames.ProxyAuthenticate : HeaderNames.WwwAuthenticate,
                new DigestChallenge(realm, mint.Make(now), algorithm, qop, null, isStale).ToString());
    }

    /// <summary>Judges the credentials for our realm; <paramref name="username"/> is whom they name, also when they are wrong.</summary>
    public DigestVerdict Check(SipRequest request, Func<string, DigestSecret?> find, DateTimeOffset now, out string? username)
    {
        username = null;
        var isOurs = false;
        foreach (var header in request.Headers.Lines.Where(h =>
            h.Is(role == DigestRole.Proxy ? HeaderNames.ProxyAuthorization : HeaderNames.Authorization)))
        {
            if (!DigestCredentials.TryParse(header.Text, out var told))
            {
                isOurs = true;
                continue;
            }
            if (told.Realm != realm) continue;
            username = told.Username;
            return Judge(request, told, find, now);
        }
        return isOurs ? DigestVerdict.Unusable : DigestVerdict.Missing;
    }

    private DigestVerdict Judge(SipRequest request, DigestCredentials told, Func<string, DigestSecret?> find, DateTimeOffset now)
    {
        if (!algorithms.Contains(told.Algorithm)) return DigestVerdict.Unusable;
        if (told.Qop is null ? !qop.IsEmpty : !qop.Contains(told.Qop)) return DigestVerdict.Unusable;
        var age = mint.Check(told.Nonce, now);
        if (age == NonceAge.Forged) return DigestVerdict.Unusable;
        // A stranger costs what a user costs: the hash is made and compared for nobody, too.
        var found = find(told.Username);
        var kept = found ?? Nobody;
        var secret = told.Algorithm == DigestAlgorithm.Sha256 ? kept.Sha256 : kept.Md5;
        var wanted = DigestHash.Response(told.Algorithm, secret ?? "", request.Method, request.Body.Span, told);
        var isRight = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(wanted),
            Encoding.UTF8.GetBytes(told.Response.ToLowerInvariant()));
        if (!isRight || found is null || secret is null) return DigestVerdict.Wrong;
        return age == NonceAge.Expired || !IsNewCount(told) ? DigestVerdict.Stale : DigestVerdict.Right;
    }

    /// <summary>RFC 7616 §3.4: the count goes up with every request under a nonce, so that what was overheard is worth nothing.</summary>
    private bool IsNewCount(DigestCredentials told)
    {
        var count = told.NonceCount is { } text ? uint.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture) : 1;
        if (_counts.TryGetValue(told.Nonce, out var last))
        {
            if (count <= last) return false;
            _counts[told.Nonce] = count;
            return true;
        }
        if (_forgotten.Contains(told.Nonce)) return false;
        _counts.Add(told.Nonce, count);
        _order.Enqueue(told.Nonce);
        while (_counts.Count > MaxNonces) Forget();
        return true;
    }

    /// <summary>The oldest nonce is forgotten, but not that it was: else it could be used from the start.</summary>
    private void Forget()
    {
        var oldest = _order.Dequeue();
        _counts.Remove(oldest);
        if (_forgotten.Count >= MaxNonces) _forgotten.Clear();
        _forgotten.Add(oldest);
    }
}
