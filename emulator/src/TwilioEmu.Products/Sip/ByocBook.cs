using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Randomness;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Voice.Directory;

namespace TwilioEmu.Products.Sip;

/// <summary>The BYOC trunks of a world and the connection policies they call out by, as the stored resources have them.</summary>
/// <remarks>Loop-confined. twilio.com/docs/voice/bring-your-own-carrier-byoc. Nothing is kept here.</remarks>
internal sealed class ByocBook(World world, StoredDocuments stored) : IByocTrunks
{
    private readonly StoredCollection _trunks = stored.Of("voice_v1", "/v1/ByocTrunks");
    private readonly StoredCollection _targets = stored.Of("voice_v1", "/v1/ConnectionPolicies/{ConnectionPolicySid}/Targets");
    private readonly StoredCollection _domains = stored.Of("api_v2010", SipDomainBook.Domains);

    private readonly Chance _chance = world.KeptChances("byoc");

    /// <summary>A trunk of the account; null when it has none of that SID.</summary>
    public Document? Find(AccountSid account, string sid) => _trunks.In(account).Find(sid);

    /// <inheritdoc/>
    public ByocRoute? Find(AccountSid account, string sid, string number)
    {
        if (Find(account, sid) is not { } trunk) return null;
        var targets = trunk["connection_policy_sid"] is { Length: > 0 } policy ? _targets.In(account, policy).OldestFirst() : [];
        var host = trunk["from_domain_sid"] is { Length: > 0 } domain ? _domains.In(account).Find(domain)?["domain_name"] : null;
        return new ByocRoute([.. TargetOrder.Of(targets, "target", number, _chance)], host);
    }
}
