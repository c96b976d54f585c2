using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Knows accounts, keys and tokens; the product that owns accounts implements it.</summary>
/// <remarks>Loop-confined.</remarks>
public interface IAuthenticator
{
    /// <summary>Admits or refuses a request.</summary>
    /// <param name="attempt">Who asks, and for what.</param>
    /// <param name="refusal">Set when the answer is null: 401/20003 and kin.</param>
    Principal? Admit(in AccessAttempt attempt, out TwilioError? refusal);
}
