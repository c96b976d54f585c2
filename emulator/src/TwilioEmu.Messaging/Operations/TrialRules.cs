using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Messaging.Operations;

/// <summary>What a trial account may not do, and how its texts begin.</summary>
/// <remarks>
/// twilio.com/docs/usage/tutorials/how-to-use-your-free-trial-account;
/// twilio.com/docs/api/errors/21608, 21267. WhatsApp's sandbox asks for a join instead. Loop-confined.
/// </remarks>
internal sealed class TrialRules(AccountBook accounts, NumberBook numbers)
{
    /// <summary>Stands before every text (observed).</summary>
    private const string Prefix = "Sent from your Twilio trial account - ";

    public bool IsTrial(AccountSid account) => accounts.Find(account) is { IsTrial: true };

    /// <summary>True where a trial account may write to the number: it verified it, or owns it.</summary>
    public bool MayWriteTo(AccountSid account, string to) =>
        !IsTrial(account) || ChannelAddress.ChannelOf(to) is not null || numbers.CallerIds.IsVerified(account, to)
            || numbers.Find(to)?.Account == account;

    /// <summary>The first fault, or null.</summary>
    public TwilioError? Fault(AccountSid account, MessageForm form)
    {
        if (!IsTrial(account) || ChannelAddress.ChannelOf(form.To) is not null) return null;
        if (form.IsAlphanumericSender)
        {
            return TwilioError.BadRequest(
                21267, $"Alphanumeric Sender ID cannot be used as the 'From' number on trial accounts: {form.From}");
        }
        return MayWriteTo(account, form.To)
            ? null
            : TwilioError.BadRequest(
                21608,
                $"The number {NumberMask.Of(form.To)} is unverified. Trial accounts cannot send messages to unverified numbers; verify "
                    + $"{NumberMask.Of(form.To)} at "
                    + "twilio.com/user/account/phone-numbers/verified, "
                    + $"or purchase a Twilio number to send messages to unverified numbers");
    }

    /// <summary>The form with the words that a trial account's texts begin with.</summary>
    public MessageForm Mark(AccountSid account, MessageForm form) =>
        IsTrial(account) && ChannelAddress.ChannelOf(form.To) is null && form.Content is null ? form.WithBody(Prefix + form.Body) : form;

    /// <summary>The same for a reply.</summary>
    public string Mark(AccountSid account, string to, string body) =>
        IsTrial(account) && ChannelAddress.ChannelOf(to) is null ? Prefix + body : body;
}
