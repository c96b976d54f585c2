using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Knows accounts, keys and tokens; the product that owns accounts implements it.</summary>
/// <remarks>Loop-confined.</remarks>
public interface IGatekeeper
{
    /// <summary>Admits or refuses a request.</summary>
    /// <param name="visitor">Who asks, and for what.</param>
    /// <param name="refusal">Set when the answer is null: 401/20003 and kin.</param>
    Caller? Admit(in Visitor visitor, out TwilioError? refusal);
}
