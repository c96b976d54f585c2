using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.TestCredentials;

/// <summary>What test credentials may ask for where the live behaviour serves: it knows its magic inputs, or changes nothing.</summary>
/// <remarks>
/// twilio.com/docs/iam/test-credentials. Messages and calls have stand-ins in their own rooms; the front door refuses the rest.
/// </remarks>
public static class TestCredentialOperations
{
    /// <summary>The operations, none with a stand-in.</summary>
    public static IEnumerable<(string OperationId, Behaviour? StandIn)> Behaviours =>
    [
        ("CreateIncomingPhoneNumber", null),
        ("CreateIncomingPhoneNumberLocal", null),
        ("CreateIncomingPhoneNumberMobile", null),
        ("CreateIncomingPhoneNumberTollFree", null),
        ("lookups_v2/FetchPhoneNumber", null),
    ];
}
