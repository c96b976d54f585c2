using System.Net;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Voice.Directory;

namespace TwilioEmu.Products.Sip;

/// <summary>
/// The SIP domains of a world as the stored resources have them: whose a host is, who may use it, which URLs rule its calls.
/// </summary>
/// <remarks>Loop-confined. Nothing is kept here: a list that was changed a moment ago is asked as it is.</remarks>
internal sealed class SipDomainBook(World world, AccountBook accounts, StoredDocuments stored, ByocBook byoc) : ISipDomains, IInboundRoutes
{
    /// <summary>The list of domains in <c>api_v2010</c>.</summary>
    public const string Domains = Sip + "/Domains";

    private const string Api = "api_v2010";
    private const string Sip = "/2010-04-01/Accounts/{AccountSid}/SIP";
    private const string Domain = Domains + "/{DomainSid}";

    private readonly StoredCollection _domains = stored.Of(Api, Domains);
    private readonly StoredCollection _credentialLists = stored.Of(Api, Sip + "/CredentialLists");
    private readonly StoredCollection _credentials = stored.Of(Api, Sip + "/CredentialLists/{CredentialListSid}/Credentials");
    private readonly StoredCollection _addressLists = stored.Of(Api, Sip + "/IpAccessControlLists");
    private readonly StoredCollection _addresses = stored.Of(Api, Sip + "/IpAccessControlLists/{IpAccessControlListSid}/IpAddresses");
    private readonly StoredCollection _sourceMappings = stored.Of("voice_v1", "/v1/SourceIpMappings");
    private readonly StoredCollection _addressRecords = stored.Of("voice_v1", "/v1/IpRecords");

    // Both paths of each: with and without Auth/Calls.
    private readonly StoredCollection[] _callerLists =
    [
        stored.Of(Api, Domain + "/Auth/Calls/CredentialListMappings"), stored.Of(Api, Domain + "/CredentialListMappings"),
    ];
    private readonly StoredCollection[] _callerAddresses =
        [stored.Of(Api, Domain + "/Auth/Calls/IpAccessControlListMappings"), stored.Of(Api, Domain + "/IpAccessControlListMappings")];
    private readonly StoredCollection[] _registrantLists = [stored.Of(Api, Domain + "/Auth/Registrations/CredentialListMappings")];

    /// <inheritdoc/>
    public SipDomain? Find(string host)
    {
        return FindDocument(host) is var (account, domain) ? Describe(account, domain, host) : null;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// twilio.com/docs/voice/bring-your-own-carrier-byoc/api/sourceipmapping-resource.
    /// The lists of the domain are asked all the same (inferred).
    /// </remarks>
    public SipDomain? FindBySource(IPAddress source)
    {
        if (source.IsIPv4MappedToIPv6) source = source.MapToIPv4();
        foreach (var account in accounts.NewestFirst)
        {
            foreach (var mapping in _sourceMappings.In(account.Sid).OldestFirst())
            {
                if (_addressRecords.In(account.Sid).Find(mapping["ip_record_sid"] ?? "") is { } record && IsAt(record, source)
                    && DomainsOf(account.Sid).Find(mapping["sip_domain_sid"] ?? "") is { } domain)
                {
                    return Describe(account.Sid, domain, domain["domain_name"]!);
                }
            }
        }
        return null;
    }

    private SipDomain Describe(AccountSid account, Document domain, string host)
    {
        var callers = CallerLists(account, domain.Key);
        var addresses = AddressListsOf(account, domain.Key);
        var registrants = RegistrantLists(account, domain.Key);
        return new SipDomain(account, domain.Key, domain["domain_name"]!)
        {
            // Nothing of the SIP side is told of what comes by a BYOC trunk.
            HidesSip = domain["byoc_trunk_sid"] is { Length: > 0 },
            Place = SipDomainNames.PlaceOf(host),
            TakesRegistrations = domain["sip_registration"] == "true",
            IsSecure = domain["secure"] == "true",
            CallerSecret = callers.Count == 0 ? null : user => SecretIn(account, callers, user),
            AdmitsAddress = addresses.Count == 0 ? null : address => Admits(account, addresses, address),
            RegistrantSecret = registrants.Count == 0 ? null : user => SecretIn(account, registrants, user),
        };
    }

    /// <inheritdoc/>
    public VoiceNumber? Find(CallOffer offer)
    {
        if (offer.To.Kind != AddressKind.Sip
            || (FindDocument(HostOf(offer.To.Value)) ?? FindBySid(offer.Domain)) is not var (account, domain))
        {
            return null;
        }
        if (domain["byoc_trunk_sid"] is { Length: > 0 } sid && byoc.Find(account, sid) is { } trunk)
        {
            return new VoiceNumber(account, "", offer.To.Value)
            {
                VoiceUrl = Or(trunk["voice_url"]),
                VoiceMethod = Or(trunk["voice_method"]) ?? "POST",
                FallbackUrl = Or(trunk["voice_fallback_url"]),
                FallbackMethod = Or(trunk["voice_fallback_method"]) ?? "POST",
                StatusCallback = Or(trunk["status_callback_url"]),
                StatusCallbackMethod = Or(trunk["status_callback_method"]) ?? "POST",
                LooksUpCallerName = trunk["cnam_lookup_enabled"] == "true",
            };
        }
        return new VoiceNumber(account, "", offer.To.Value)
        {
            VoiceUrl = Or(domain["voice_url"]),
            VoiceMethod = Or(domain["voice_method"]) ?? "POST",
            FallbackUrl = Or(domain["voice_fallback_url"]),
            FallbackMethod = Or(domain["voice_fallback_method"]) ?? "POST",
            StatusCallback = Or(domain["voice_status_callback_url"]),
            StatusCallbackMethod = Or(domain["voice_status_callback_method"]) ?? "POST",
        };
    }

    /// <summary>The domain of a name in whatever form, of whatever account.</summary>
    public (AccountSid Account, Document Domain)? FindDocument(string host)
    {
        if (SipDomainNames.Canonical(host) is not { } name) return null;
        foreach (var account in accounts.NewestFirst)
        {
            foreach (var domain in DomainsOf(account.Sid).NewestFirst())
            {
                if (string.Equals(domain["domain_name"], name, StringComparison.OrdinalIgnoreCase)) return (account.Sid, domain);
            }
        }
        return null;
    }

    /// <summary>The domain that a call came in by, whatever its request named.</summary>
    private (AccountSid Account, Document Domain)? FindBySid(string? sid)
    {
        if (sid is null) return null;
        foreach (var account in accounts.NewestFirst)
        {
            if (DomainsOf(account.Sid).Find(sid) is { } domain) return (account.Sid, domain);
        }
        return null;
    }

    public StoredList DomainsOf(AccountSid account) => _domains.In(account);

    public StoredList CredentialLists(AccountSid account) => _credentialLists.In(account);

    public StoredList Credentials(AccountSid account, string list) => _credentials.In(account, list);

    public StoredList AddressLists(AccountSid account) => _addressLists.In(account);

    public StoredList Addresses(AccountSid account, string list) => _addresses.In(account, list);

    /// <summary>Credential lists mapped for calls, by both of their paths.</summary>
    public IReadOnlyList<string> CallerLists(AccountSid account, string domain) => Mapped(account, domain, _callerLists);

    public IReadOnlyList<string> AddressListsOf(AccountSid account, string domain) => Mapped(account, domain, _callerAddresses);

    public IReadOnlyList<string> RegistrantLists(AccountSid account, string domain) => Mapped(account, domain, _registrantLists);

    private static List<string> Mapped(AccountSid account, string domain, StoredCollection[] mappings)
    {
        // Asked for every message of a phone, and most are empty.
        var keys = new List<string>();
        foreach (var mapping in mappings)
        {
            var list = mapping.In(account, domain);
            if (list.Count == 0) continue;
            foreach (var document in list.NewestFirst()) if (!keys.Contains(document.Key)) keys.Add(document.Key);
        }
        return keys;
    }

    /// <summary>What is kept of the password of a user in those lists; null for nobody.</summary>
    public string? SecretIn(AccountSid account, IReadOnlyList<string> lists, string user)
    {
        var secrets = world.Store.Table(SipSecret.Table, account);
        return lists.Select(list => secrets.FindByAlias(SipSecret.AliasOf(list, user))).FirstOrDefault(s => s is not null)?.Hash;
    }

    /// <summary>Whether those lists have the address.</summary>
    public bool Admits(AccountSid account, IReadOnlyList<string> lists, IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return lists.SelectMany(l => Addresses(account, l).NewestFirst()).Any(entry => IsAt(entry, address));
    }

    private static bool IsAt(Document entry, IPAddress address) =>
        IPAddress.TryParse(entry["ip_address"], out var known)
            && Covers(known, int.TryParse(entry["cidr_prefix_length"], out var length) ? length : 32, address);

    /// <summary>Whether an address lies in a network of IPv4.</summary>
    private static bool Covers(IPAddress network, int prefixLength, IPAddress address)
    {
        var (a, b) = (network.GetAddressBytes(), address.GetAddressBytes());
        if (a.Length != 4 || b.Length != 4 || prefixLength is < 0 or > 32) return false;
        var mask = prefixLength == 0 ? 0 : uint.MaxValue << (32 - prefixLength);
        return (System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(a) & mask)
            == (System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(b) & mask);
    }

    private static string HostOf(string uri) => uri[(uri.LastIndexOf('@') + 1)..];

    private static string? Or(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
