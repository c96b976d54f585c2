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

/// <summary>The Elastic SIP Trunks of a world as the stored resources have them: who may call out by them, and where calls to their numbers go.</summary>
/// <remarks>Loop-confined. twilio.com/docs/sip-trunking. Nothing is kept here.</remarks>
internal sealed class TrunkBook(World world, AccountBook accounts, NumberBook numbers, StoredDocuments documents, SipDomainBook domains) : ISipDomains, IInboundRoutes
{
    public const string Trunks = "trunking/Trunks";
    private const string DomainEnd = ".pstn.twilio.com";

    private readonly Chance _chance = world.KeptChances("trunks");

    /// <inheritdoc/>
    public SipDomain? Find(string host)
    {
        if (FindByDomain(host) is not var (account, trunk)) return null;
        var callers = KeysOf(account, trunk.Key, "CredentialLists");
        var addresses = KeysOf(account, trunk.Key, "IpAccessControlLists");
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
        if (!offer.To.IsNumber || numbers.Find(offer.To.Value) is not { } number || TrunkOf(number) is not { } trunk) return null;
        var targets = TargetOrder.Of(All(number.Account, trunk.Key, "OriginationUrls"), "sip_url", offer.To.Value, _chance).ToList();
        return new VoiceNumber(number.Account, number.Sid, offer.To.Value)
        {
            LooksUpCallerName = trunk["cnam_lookup_enabled"] == "true",
            Trunk = Order(number.Account, trunk, isOriginating: true, offer.From.ToString(), targets.Count > 0 ? targets[0] : offer.To.Value, targets),
        };
    }

    /// <summary>The trunk that has a domain name, of whatever account.</summary>
    public (AccountSid Account, Document Trunk)? FindByDomain(string host)
    {
        if (!host.EndsWith(DomainEnd, StringComparison.OrdinalIgnoreCase)) return null;
        foreach (var account in accounts.NewestFirst)
        {
            foreach (var trunk in documents.AllAt(account.Sid, Trunks))
            {
                if (string.Equals(trunk["domain_name"], host, StringComparison.OrdinalIgnoreCase)) return (account.Sid, trunk);
            }
        }
        return null;
    }

    public IEnumerable<Document> All(AccountSid account, string trunk, string part) => documents.AllAt(account, $"{Trunks}/{trunk}/{part}");

    private List<string> KeysOf(AccountSid account, string trunk, string part) => [.. All(account, trunk, part).Select(d => d.Key)];

    private Document? TrunkOf(PhoneNumber number) => number.TrunkSid is { } sid ? documents.FindAt(number.Account, Trunks, sid) : null;

    private TrunkOrder Order(AccountSid account, Document trunk, bool isOriginating, string from, string to, IReadOnlyList<string> targets)
    {
        var recording = documents.AllAt(account, $"{Trunks}/{trunk.Key}/Recording").FirstOrDefault();
        return new TrunkOrder(trunk.Key, isOriginating, from, to, targets)
        {
            DisasterRecoveryUrl = isOriginating && trunk["disaster_recovery_url"] is { Length: > 0 } url ? url : null,
            DisasterRecoveryMethod = trunk["disaster_recovery_method"] ?? "POST",
            Recording = recording?["mode"] ?? "do-not-record",
            TrimsRecording = recording?["trim"] == "trim-silence",
            FaultCode = isOriginating && targets.Count == 0 ? 32010 : 0,
            FaultMessage = $"the trunk {trunk.Key} has no origination URL that is enabled",
        };
    }

    private VoiceNumber? Terminating(CallOffer offer)
    {
        var (called, host) = SipAddresses.PartsOf(offer.To.Value);
        if (FindByDomain(host) is not var (account, trunk)) return null;
        var caller = SipAddresses.PartsOf(offer.From.Value).User;
        (int Code, int Status, string Why) fault = !E164.TryNormalize(called, out _) || !called.StartsWith('+') ? (32101, 400, $"'{called}' is no number in E.164")
            : numbers.Find(caller)?.Account == account || numbers.CallerIds.IsVerified(account, caller) ? (0, 0, "")
            : (32204, 403, $"the caller '{caller}' is neither a number of the account nor verified");
        return new VoiceNumber(account, "", called)
        {
            Trunk = Order(account, trunk, isOriginating: false, caller, called, fault.Code == 0 ? [called] : []) with { FaultCode = fault.Code, FaultStatus = fault.Status, FaultMessage = fault.Why },
        };
    }
}
