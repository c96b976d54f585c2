using TwilioEmu.Accounts.Billing;
using TwilioEmu.Accounts.Numbers.CallerIds;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Voice.Operations;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice;

/// <summary>Programmable Voice of one world: its desk at the front door, its mailbox at the back door, its letters to the app.</summary>
/// <remarks>Loop-confined.</remarks>
public sealed class VoiceProduct
{
    /// <summary>Calls per second that an account may make by REST unless it was given more (twilio.com/docs/voice/api/call-resource).</summary>
    public const double UsualCallsPerSecond = 1;

    /// <param name="world">Where it lives.</param>
    /// <param name="exchange">Where calls go and come from; its mailbox for calls is set here.</param>
    /// <param name="numbers">Who owns what.</param>
    /// <param name="tokenOf">The token that signs an account's webhooks.</param>
    /// <param name="letterbox">The way out.</param>
    /// <param name="prices">What calls cost.</param>
    /// <param name="callsPerSecond">Per account.</param>
    public VoiceProduct(
        World world, Exchange exchange, IVoiceNumbers numbers, Func<AccountSid, string> tokenOf, ILetterbox letterbox, IPriceBook prices,
        double callsPerSecond = UsualCallsPerSecond)
    {
        var services = new CallServices(world, exchange, numbers, tokenOf, letterbox, new CallbackLanes(world, letterbox), prices);
        exchange.Attach(new InboundRun(services));
        var read = new CallRead(services);
        Behaviours =
        [
            ("CreateCall", new CallCreate(services, new CallQueue(world, callsPerSecond)).Create),
            ("FetchCall", read.Fetch),
            ("ListCall", read.List),
            ("UpdateCall", new CallUpdate(services).Update),
            ("DeleteCall", read.Delete),
        ];
        TestBehaviours = [("CreateCall", new TestCalls(world).Create)];
        CallerIdCaller = new CodeCaller(services);
        Services = services;
    }

    /// <summary>What it does for which operation.</summary>
    public IReadOnlyList<(string OperationId, Behaviour Behaviour)> Behaviours { get; }

    /// <summary>What it does instead for test credentials.</summary>
    public IReadOnlyList<(string OperationId, Behaviour? StandIn)> TestBehaviours { get; }

    /// <summary>Places the calls that verify caller IDs.</summary>
    public ICallerIdCaller CallerIdCaller { get; }

    /// <summary>An account's calls with when they were made, newest first.</summary>
    public IEnumerable<(DateTimeOffset Created, IFace Face)> NewestFirst(AccountSid account) =>
        Services.World.Store.Table(Call.Table, account).NewestFirst().Select(c => (c.DateCreated, (IFace)c));

    internal CallServices Services { get; }
}
