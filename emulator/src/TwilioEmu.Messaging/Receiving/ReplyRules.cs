using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Services;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>What keeps a reply from going out: a trial's limits, and who wants none.</summary>
/// <param name="services">Whose opt-outs count for a sender.</param>
/// <param name="consents">Who wants none.</param>
/// <param name="trial">How the words of an account's texts begin, or null where a trial account may not write to the number.</param>
internal sealed class ReplyRules(ServiceBook services, ConsentBook consents, Func<AccountSid, string, string, string?> trial)
{
    /// <summary>The words as they go out, or null where a trial account may not write to the number.</summary>
    public string? Mark(AccountSid account, string to, string body) => trial(account, to, body);

    /// <summary>True where the recipient wants nothing of the sender, or of its service.</summary>
    public bool IsOptedOut(AccountSid account, string sender, string to) =>
        consents.IsOptedOut(account, services.ScopeOf(account, sender), to);
}
