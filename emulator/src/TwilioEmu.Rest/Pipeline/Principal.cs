using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Who makes a request.</summary>
/// <param name="Account">The account the credentials belong to.</param>
/// <param name="Credential">Its SID: the account's own, an API key's, or an OAuth app's.</param>
public sealed record Principal(AccountSid Account, string Credential)
{
    /// <summary>Whoever asks for an operation that asks for no credentials.</summary>
    public static Principal Anyone { get; } = new(AccountSid.None, "");

    /// <summary>
    /// True for test credentials: nothing is kept, sent or charged, and only a
    /// few operations answer (twilio.com/docs/iam/test-credentials).
    /// </summary>
    public bool IsTest { get; init; }
}
