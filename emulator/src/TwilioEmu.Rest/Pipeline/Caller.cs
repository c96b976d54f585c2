using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Who makes a request.</summary>
/// <param name="Account">The account the credentials belong to.</param>
/// <param name="Credential">Its SID: the account's own, or an API key's.</param>
public sealed record Caller(AccountSid Account, string Credential)
{
    /// <summary>True for test credentials: nothing is kept, sent or charged, and only a few operations answer (twilio.com/docs/iam/test-credentials).</summary>
    public bool IsTest { get; init; }
}
