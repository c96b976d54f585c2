using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Voice;

namespace TwilioEmu.Products.Sip;

/// <summary>SIP Domains of one world: their REST rules, their registrations, and the calls that come to them.</summary>
/// <remarks>Loop-confined. After voice, which runs the documents of the calls.</remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "The house that attaches it disposes its endpoint.")]
public sealed class SipProduct(VoiceProduct? voice) : IProduct
{
    private SipHost? _host;

    /// <summary>The endpoint; it listens when it is told where.</summary>
    public SipHost Host => _host ?? throw new InvalidOperationException("SIP is not attached yet");

    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        var byoc = new ByocBook(floor.World, floor.Documents);
        var book = new SipDomainBook(floor.World, floor.Accounts, floor.Documents, byoc);
        var host = _host = new SipHost(floor.World, floor.Exchange);
        host.Attach(book);
        var trunks = new TrunkBook(floor.World, floor.Accounts, floor.Numbers, floor.Documents, book);
        host.Attach(trunks);
        if (voice is not null) host.Refused = (domain, code, why, cause) => voice.Raise(domain.Account, domain.Sid, code, why, cause);
        voice?.Attach(trunks);
        voice?.Attach(byoc);
        voice?.Attach(book);
        floor.Lay(new TrunkOperations(trunks, book).Overlays, "trunking_v1");
        var ofTrunks = new TrunkNumberOperations(floor.World, floor.Numbers, trunks);
        floor.Hang(ofTrunks.Behaviours);
        foreach (var id in (string[])[
            "CreateIncomingPhoneNumber", "CreateIncomingPhoneNumberLocal", "CreateIncomingPhoneNumberMobile",
            "CreateIncomingPhoneNumberTollFree", "UpdateIncomingPhoneNumber"])
        {
            floor.Door.Before(id, ofTrunks.Look);
        }
        floor.Lay(ofTrunks.Overlays);
        floor.Lay(new SipOperations(floor.World, book, () => host.IsListening).Overlays);
    }
}
