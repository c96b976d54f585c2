using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Randomness;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Voice.Directory;

namespace TwilioEmu.Products.Sip;

/// <summary>The BYOC trunks of a world and the connection policies they call out by, as the stored resources have them.</summary>
/// <remarks>Loop-confined. twilio.com/docs/voice/bring-your-own-carrier-byoc. Nothing is kept here.</remarks>
internal sealed class ByocBook(World world, StoredDocuments documents) : IByocTrunks
{
    private const string Trunks = "voice/ByocTrunks";
    private const string Policies = "voice/ConnectionPolicies";

    private readonly Chance _chance = world.KeptChances("byoc");

    /// <summary>A trunk of the account; null when it has none of that SID.</summary>
    public Document? Find(AccountSid account, string sid) => documents.FindAt(account, Trunks, sid);

    /// <inheritdoc/>
    public ByocRoute? Find(AccountSid account, string sid, string number)
    {
        if (Find(account, sid) is not { } trunk) return null;
        var targets = trunk["connection_policy_sid"] is { Length: > 0 } policy ? documents.AllAt(account, $"{Policies}/{policy}/Targets") : [];
        var host = trunk["from_domain_sid"] is { Length: > 0 } domain ? documents.Find(account, SipDomainBook.Domains, domain)?["domain_name"] : null;
        return new ByocRoute([.. TargetOrder.Of(targets, "target", number, _chance)], host);
    }
}
