using TwilioEmu.Kernel;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.TestCredentials;

/// <summary>What test credentials may do: a few operations with magic inputs, and nothing is kept, sent, called back or charged.</summary>
/// <remarks>
/// twilio.com/docs/iam/test-credentials. The front door refuses them everything else. Buying numbers is done at the numbers' own
/// desk, which knows its magic inputs; a lookup changes nothing and is the live one. Loop-confined.
/// </remarks>
public sealed class TestDesk(World world)
{
    /// <summary>The operations, each with its stand-in, or with none where the live behaviour serves.</summary>
    public IEnumerable<(string OperationId, Behaviour? StandIn)> Behaviours =>
    [
        ("CreateMessage", new TestMessages(world).Create),
        ("CreateCall", new TestCalls(world).Create),
        ("CreateIncomingPhoneNumber", null),
        ("CreateIncomingPhoneNumberLocal", null),
        ("CreateIncomingPhoneNumberMobile", null),
        ("CreateIncomingPhoneNumberTollFree", null),
        ("lookups_v2/FetchPhoneNumber", null),
    ];
}
