using System.Net;
using System.Security.Cryptography;
using TwilioEmu.Sip.Digest;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Decides who may call and who may register at a domain.</summary>
/// <param name="realm">Of the challenges.</param>
/// <remarks>
/// Loop-confined. Calls: addresses and credentials, both where both are mapped, nothing where
/// none is. Registrations: credentials of their own lists alone. Always 407, MD5, qop auth, realm
/// <c>sip.twilio.com</c> at Twilio's domains (measured; twilio.com/docs/voice/api/sending-sip).
/// </remarks>
internal sealed class SipGate(string realm)
{
    /// <summary>Status and words of a published refusal of a live domain.</summary>
    private const string SecureWanted = "Secure SIP transport required";

    private static readonly TimeSpan NonceLifetime = TimeSpan.FromMinutes(5);

    private readonly DigestServer _digest = new(
        realm, DigestRole.Proxy, new NonceMint(RandomNumberGenerator.GetBytes(32), realm, NonceLifetime), [DigestAlgorithm.Md5], ["auth"]);

    /// <summary>Null when the call may come in.</summary>
    /// <param name="username">Whom the credentials name; null where none were asked for.</param>
    public SipRefusal? JudgeCall(SipRequest invite, Hop source, SipDomain domain, DateTimeOffset now, out string? username)
    {
        username = null;
        if (domain.IsSecure && !source.Transport.IsSecure()) return new SipRefusal(488, 32209, SecureWanted) { Phrase = SecureWanted };
        if (domain is { CallerSecret: null, AdmitsAddress: null })
        {
            return new SipRefusal(403, 32201, "Authentication failure - no ACL or credential list is mapped to the domain");
        }
        if (domain.AdmitsAddress is { } admits && !(IPAddress.TryParse(source.Host, out var address) && admits(address)))
        {
            return new SipRefusal(403, 32201, "Authentication failure - source IP Address not in ACL");
        }
        return domain.CallerSecret is { } secrets ? JudgeCredentials(invite, secrets, now, out username) : null;
    }

    /// <summary>Null when the phone may register as the user it names.</summary>
    public SipRefusal? JudgeRegistration(SipRequest register, SipDomain domain, DateTimeOffset now)
    {
        if (!domain.TakesRegistrations) return new SipRefusal(403, 32210, "SIP registration is not enabled for the domain");
        if (domain.RegistrantSecret is not { } secrets)
        {
            return new SipRefusal(403, 32202, "Authentication failure - no credential list is mapped for registrations");
        }
        if (JudgeCredentials(register, secrets, now, out var username) is { } refusal) return refusal;
        return username == register.To.Uri.UserText
            ? null
            : new SipRefusal(403, 32212, "The authentication user name must be the user that registers");
    }

    private SipRefusal? JudgeCredentials(SipRequest request, Func<string, string?> secrets, DateTimeOffset now, out string? username)
    {
        var verdict = _digest.Check(
            request, user => secrets(user) is { } secret ? new DigestSecret(secret, null) : null, now, out username);
        return verdict switch
        {
            DigestVerdict.Right => null,
            DigestVerdict.Wrong => new SipRefusal(403, 32202, "Authentication failure - bad user credentials"),
            _ =>
                new SipRefusal(_digest.Status, 0, "challenged") { Challenge = [.. _digest.Challenge(now, verdict == DigestVerdict.Stale)] },
        };
    }
}
