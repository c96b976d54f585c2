using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Knows accounts, keys and tokens; the product that owns accounts implements it.</summary>
/// <remarks>Loop-confined.</remarks>
public interface IGatekeeper
{
    /// <summary>Admits or refuses a request.</summary>
    /// <param name="user">Basic user name, or null without credentials.</param>
    /// <param name="password">Basic password.</param>
    /// <param name="account">The account SID in the path, or null where the path has none.</param>
    /// <param name="refusal">Set when the answer is null: 401/20003 and kin.</param>
    Caller? Admit(string? user, string? password, AccountSid? account, out TwilioError? refusal);
}
