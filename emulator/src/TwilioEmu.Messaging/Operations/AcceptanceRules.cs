using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Services;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Messaging.Operations;

/// <summary>
/// What keeps an account's message from being taken at all: its day's quota, a
/// trial's limits, where it is to go, and who wants none (validation).
/// </summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class AcceptanceRules(
    DailyQuota quota, TrialRules trials, DestinationRules destinations, ServiceBook services, ConsentBook consents, ContactBook contacts)
{
    /// <summary>The refusal of one message more of this account's, or null.</summary>
    public TwilioError? Fault(AccountSid account) => quota.Fault(account);

    /// <summary>The first fault of a message, or null.</summary>
    public TwilioError? Fault(AccountSid account, MessageForm form, bool isSenderKnown) =>
        trials.Fault(account, form) ?? destinations.Fault(account, form, isSenderKnown);

    /// <summary>True where the recipient wants nothing of the sender, or of its service.</summary>
    public bool IsOptedOut(AccountSid account, string sender, string to) =>
        consents.IsOptedOut(account, services.ScopeOf(account, sender), to);

    /// <summary>The form with the words that a trial account's texts begin with, and with its To as the account knows the person.</summary>
    public MessageForm Mark(AccountSid account, MessageForm form) =>
        trials.Mark(account, form.IsById ? form with { ShownTo = contacts.ToOf(account, form.To) } : form);

    /// <summary>A message was taken.</summary>
    public void Count(AccountSid account) => quota.Count(account);
}
