using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Who makes a request.</summary>
/// <param name="Account">The account the credentials belong to.</param>
/// <param name="Credential">Its SID: the account's own, or an API key's.</param>
public sealed record Caller(AccountSid Account, string Credential)
{
    /// <summary>True for test credentials: nothing is kept, sent or charged, and only a few operations answer (rest-conventions 2.3).</summary>
    public bool IsTest { get; init; }
}
