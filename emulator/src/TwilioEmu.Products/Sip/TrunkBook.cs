using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Randomness;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Voice.Directory;

namespace TwilioEmu.Products.Sip;

/// <summary>
/// The Elastic SIP Trunks of a world as the stored resources have them: who may call out by them, and where calls to their numbers go.
/// </summary>
/// <remarks>Loop-confined. twilio.com/docs/sip-trunking. Nothing is kept here.</remarks>
internal sealed class TrunkBook(
    World world, AccountBook accounts, NumberBook numbers, StoredDocuments stored, SipDomainBook domains) : ISipDomains, IInboundRoutes
{
    private const string Api = "trunking_v1";
    private const string DomainEnd = ".pstn.twilio.com";

    private readonly StoredCollection _trunks = stored.Of(Api, "/v1/Trunks");
    private readonly StoredCollection _credentialLists = stored.Of(Api, "/v1/Trunks/{TrunkSid}/CredentialLists");
    private readonly StoredCollection _addressLists = stored.Of(Api, "/v1/Trunks/{TrunkSid}/IpAccessControlLists");
    private readonly StoredCollection _originationUrls = stored.Of(Api, "/v1/Trunks/{TrunkSid}/OriginationUrls");
    private readonly StoredCollection _recordings = stored.Of(Api, "/v1/Trunks/{TrunkSid}/Recording");
    private readonly Chance _chance = world.KeptChances("trunks");

    /// <inheritdoc/>
    public SipDomain? Find(string host)
    {
        if (FindByDomain(host) is not var (account, trunk)) return null;
        var callers = KeysOf(CredentialLists(account, trunk.Key));
        var addresses = KeysOf(AddressLists(account, trunk.Key));
        return new SipDomain(account, trunk.Key, trunk["domain_name"]!)
        {
            Kind = SipDomainKind.Trunk,
            IsSecure = trunk["secure"] == "true",
            HidesSip = true,
            CallerSecret = callers.Count == 0 ? null : user => domains.SecretIn(account, callers, user),
            AdmitsAddress = addresses.Count == 0 ? null : address => domains.Admits(account, addresses, address),
        };
    }

    /// <inheritdoc/>
    public VoiceNumber? Find(CallOffer offer)
    {
        if (offer.To.Kind == AddressKind.Sip) return Terminating(offer);
        if (!offer.To.IsNumber || numbers.Find(offer.To.Value) is not { TrunkSid: { } sid } number) return null;
        if (Trunks(number.Account).Find(sid) is not { } trunk) return Astray(number, sid, offer);
        var all = TargetOrder.Of(_originationUrls.In(number.Account, trunk.Key).OldestFirst(), "sip_url", offer.To.Value, _chance).ToList();
        var targets = trunk["secure"] == "true" ? all.FindAll(SipAddresses.IsOverTls) : all;
        return new VoiceNumber(number.Account, number.Sid, offer.To.Value)
        {
            LooksUpCallerName = trunk["cnam_lookup_enabled"] == "true",
            Trunk = Order(
                number.Account, trunk, isOriginating: true, offer.From.ToString(), targets.Count > 0 ? targets[0] : offer.To.Value,
                targets) with
            {
                FaultCode = targets.Count < all.Count ? 32209 : all.Count == 0 ? 32010 : 0,
                FaultMessage = targets.Count < all.Count
                    ? $"the trunk {sid} is secure, so its calls go over TLS alone: add ;transport=tls to "
                      + $"{string.Join(", ", all.Except(targets))}, or make the SipUrl sips:"
                    : $"the trunk {sid} has no origination URL that is enabled: POST a SipUrl to /v1/Trunks/{sid}/OriginationUrls",
            },
        };
    }

    /// <summary>
    /// The number names a trunk that is not there. Its voice URLs are ignored all the same,
    /// as those of any number that names one (inferred: the live service has no such number).
    /// </summary>
    private static VoiceNumber Astray(PhoneNumber number, string sid, CallOffer offer) => new(number.Account, number.Sid, offer.To.Value)
    {
        Trunk = new TrunkOrder(
            sid, IsOriginating: true, offer.From.ToString(), offer.To.Value, [])
        { Warning = WhyAstray(number.Number, sid) },
    };

    /// <summary>What is to be done about a number whose trunk is not there.</summary>
    public static string WhyAstray(string number, string sid) =>
        $"{number} names the trunk {sid}, which the account does not have, so calls to it are refused (503): make one (POST /v1/Trunks at "
            + "trunking.twilio.com) and put the number on it, or set TrunkSid to nothing and its VoiceUrl is asked";

    /// <summary>The trunk that has a domain name, of whatever account.</summary>
    public (AccountSid Account, Document Trunk)? FindByDomain(string host)
    {
        if (!host.EndsWith(DomainEnd, StringComparison.OrdinalIgnoreCase)) return null;
        foreach (var account in accounts.NewestFirst)
        {
            foreach (var trunk in Trunks(account.Sid).OldestFirst())
            {
                if (string.Equals(trunk["domain_name"], host, StringComparison.OrdinalIgnoreCase)) return (account.Sid, trunk);
            }
        }
        return null;
    }

    public StoredList Trunks(AccountSid account) => _trunks.In(account);

    /// <summary>Credential lists of a trunk.</summary>
    public StoredList CredentialLists(AccountSid account, string trunk) => _credentialLists.In(account, trunk);

    /// <summary>Lists of addresses of a trunk.</summary>
    public StoredList AddressLists(AccountSid account, string trunk) => _addressLists.In(account, trunk);

    private static List<string> KeysOf(StoredList list) => [.. list.OldestFirst().Select(d => d.Key)];

    private TrunkOrder Order(AccountSid account, Document trunk, bool isOriginating, string from, string to, IReadOnlyList<string> targets)
    {
        var recording = _recordings.In(account, trunk.Key).OldestFirst().FirstOrDefault();
        return new TrunkOrder(trunk.Key, isOriginating, from, to, targets)
        {
            DisasterRecoveryUrl = isOriginating && trunk["disaster_recovery_url"] is { Length: > 0 } url ? url : null,
            DisasterRecoveryMethod = trunk["disaster_recovery_method"] ?? "POST",
            Recording = recording?["mode"] ?? "do-not-record",
            TrimsRecording = recording?["trim"] == "trim-silence",
            IsSecure = trunk["secure"] == "true",
            Transfers = trunk[
                "transfer_mode"] switch
            { "enable-all" => TrunkTransfers.All, "sip-only" => TrunkTransfers.Sip, _ => TrunkTransfers.None },
            ShowsTransferor = trunk["transfer_caller_id"] == "from-transferor",
            Domain = trunk["domain_name"],
        };
    }

    private VoiceNumber? Terminating(CallOffer offer)
    {
        var (called, host) = SipAddresses.PartsOf(offer.To.Value);
        if (FindByDomain(host) is not var (account, trunk)) return null;
        var caller = SipAddresses.PartsOf(offer.From.Value).User;
        (int Code, int Status, string Why) fault = !E164.TryNormalize(called, out _) || !called.StartsWith('+') ? (
            32101, 400, $"'{called}' is no number in E.164")
            : numbers.Find(caller)?.Account == account || numbers.CallerIds.IsVerified(account, caller) ? (0, 0, "")
            : (32204, 403, $"the caller '{caller}' is neither a number of the account nor verified");
        return new VoiceNumber(account, "", called)
        {
            Trunk = Order(account, trunk, isOriginating: false, caller, called, fault.Code == 0 ? [called] : []) with
            {
                FaultCode = fault.Code,
                FaultStatus = fault.Status,
                FaultMessage = fault.Why,
            },
        };
    }
}
