using System.Net;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Sip.Digest;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Knows the SIP domains of a world; the product that owns them.</summary>
/// <remarks>Loop-confined.</remarks>
public interface ISipDomains
{
    /// <summary>The domain of a host name as it was dialled, localised forms included; null when nobody has it.</summary>
    SipDomain? Find(string host);
}

/// <summary>One domain as it is now, and who may use it.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Sid"><c>SD...</c></param>
/// <param name="Name"><c>name.sip.twilio.com</c>, whatever form was dialled.</param>
/// <remarks>twilio.com/docs/voice/api/sending-sip, twilio.com/docs/voice/api/sip-registration.</remarks>
public sealed record SipDomain(AccountSid Account, string Sid, string Name)
{
    /// <summary>The one realm of all domains; secrets are hashed with it.</summary>
    public const string Realm = "sip.twilio.com";

    /// <summary>False refuses every REGISTER (32210).</summary>
    public bool TakesRegistrations { get; init; }

    /// <summary>True takes calls over TLS with SRTP only (32209, 32208).</summary>
    public bool IsSecure { get; init; }

    /// <summary>The secret of a user who may call; null where no credential list is mapped for calls.</summary>
    public Func<string, string?>? CallerSecret { get; init; }

    /// <summary>Whether an address may call; null where no IP access control list is mapped.</summary>
    public Func<IPAddress, bool>? AdmitsAddress { get; init; }

    /// <summary>The secret of a user who may register; null where no credential list is mapped for registrations.</summary>
    public Func<string, string?>? RegistrantSecret { get; init; }

    /// <summary>What is kept of a password: the MD5 of user, realm and password (RFC 2617 §3.2.2.2), as the live service keeps it.</summary>
    public static string SecretOf(string username, string password) => DigestSecret.Of(username, Realm, password).Md5;
}
