using System.Net;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Sip.Digest;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Knows the SIP domains of a world, or the domains of its trunks; the product that owns them.</summary>
/// <remarks>Loop-confined.</remarks>
public interface ISipDomains
{
    /// <summary>The domain of a host name as it was dialled, localised forms included; null when nobody has it.</summary>
    SipDomain? Find(string host);

    /// <summary>The domain that takes what comes from an address and names no domain; null for none (<c>SourceIpMappings</c>).</summary>
    SipDomain? FindBySource(IPAddress source) => null;
}

/// <summary>What sort of domain it is.</summary>
public enum SipDomainKind
{
    /// <summary>A SIP Domain of an account: phones register there, and its calls run a document.</summary>
    Domain,

    /// <summary>The domain of an Elastic SIP Trunk: what is called there is called by telephone.</summary>
    Trunk,

    /// <summary>The carrier itself: phones register as numbers, and dial numbers.</summary>
    Carrier,
}

/// <summary>One domain as it is now, and who may use it.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Sid"><c>SD...</c>, or <c>TK...</c> of a trunk.</param>
/// <param name="Name"><c>name.sip.twilio.com</c>, whatever form was dialled.</param>
/// <remarks>twilio.com/docs/voice/api/sending-sip, twilio.com/docs/voice/api/sip-registration.</remarks>
public sealed record SipDomain(AccountSid Account, string Sid, string Name)
{
    /// <summary>The one realm of all domains; secrets are hashed with it.</summary>
    public const string Realm = "sip.twilio.com";

    public SipDomainKind Kind { get; init; }

    /// <summary>The edge or region of the name that was dialled; null where it had none.</summary>
    public string? Place { get; init; }

    /// <summary>False refuses every REGISTER (32210).</summary>
    public bool TakesRegistrations { get; init; }

    /// <summary>True takes calls over TLS with SRTP only (32209, 32208).</summary>
    public bool IsSecure { get; init; }

    /// <summary>True tells the app nothing of the SIP side: calls of a BYOC trunk.</summary>
    public bool HidesSip { get; init; }

    /// <summary>The secret of a user who may call; null where no credential list is mapped for calls.</summary>
    public Func<string, string?>? CallerSecret { get; init; }

    /// <summary>Whether an address may call; null where no IP access control list is mapped.</summary>
    public Func<IPAddress, bool>? AdmitsAddress { get; init; }

    /// <summary>The secret of a user who may register; null where no credential list is mapped for registrations.</summary>
    public Func<string, string?>? RegistrantSecret { get; init; }

    /// <summary>
    /// What is kept of a password: the MD5 of user, realm and password (RFC 2617 §3.2.2.2), as the live service keeps it.
    /// </summary>
    public static string SecretOf(string username, string password) => DigestSecret.Of(username, Realm, password).Md5;
}
