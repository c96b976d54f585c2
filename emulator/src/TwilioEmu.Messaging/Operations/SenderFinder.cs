using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Messaging.Services;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Messaging.Operations;

/// <summary>Finds the sender that a create names, or tells why it is none.</summary>
/// <remarks>
/// twilio.com/docs/api/errors: 21612, 21621, 21659 (in 21606's place since July 2024,
/// by Twilio's changelog), 21660, 21661, 63007. Loop-confined.
/// </remarks>
internal sealed class SenderFinder(NumberBook numbers, SenderBook senders, ServiceBook services)
{
    /// <summary>
    /// twilio.com/docs/api/errors/21664 to 21667: whom RCS falls back on is a sender of the account's, named with a service that has RCS.
    /// </summary>
    public TwilioError? FaultOfFallback(AccountSid account, MessageForm form)
    {
        if (form.Options.FallbackFrom is not { } fallback) return null;
        if (form.From.Length > 0) return TwilioError.BadRequest(21664, "'FallbackFrom' cannot be used with a 'From' sender");
        if (!AlphanumericName.IsValid(fallback) && !IsTextSender(account, fallback))
        {
            return TwilioError.BadRequest(21665, $"Invalid 'FallbackFrom' sender: {fallback}");
        }
        return services.PoolOf(account, form.ServiceSid!).Senders.Any(s => ChannelAddress.ChannelOf(s.Address) == ChannelAddress.Rcs)
            ? null
            : TwilioError.BadRequest(21667, "'FallbackFrom' requires the Messaging Service to have an RCS Sender");
    }

    /// <summary>True for a number or short code of the account that texts.</summary>
    private bool IsTextSender(AccountSid account, string address) =>
        numbers.Find(address) is { IsSmsCapable: true } number && number.Account == account;

    public Sender? Find(AccountSid account, MessageForm form, out TwilioError? refusal)
    {
        refusal = null;
        if (form.IsAlphanumericSender)
        {
            if (AlphanumericName.Reaches(form.To)) return SenderBook.Alphanumeric(form.From);
            refusal = TwilioError.BadRequest(
                21612,
                $"Message cannot be sent with the current combination of 'To' ({NumberMask.Of(form.To)}) and/or 'From' ({form.From}) "
                    + "parameters");
            return null;
        }
        var hasMedia = form.Options.IsMms;
        if (hasMedia && numbers.Find(form.From) is { IsSmsCapable: true, IsMmsCapable: false } textOnly && textOnly.Account == account)
        {
            refusal = TwilioError.BadRequest(21621, $"The 'From' number {form.From} has not been enabled for MMS");
            return null;
        }
        if (numbers.Find(form.From) is { Kind: NumberKind.ShortCode } code && code.Account == account && !code.Serves(form.To))
        {
            refusal = NotTwilios(form.From) with
            {
                Cure = $"{form.From} is a short code of {code.Country} and writes to nobody elsewhere: country: under numbers: "
                    + "says where one is",
            };
            return null;
        }
        if (senders.Find(account, form.From, form.To, hasMedia) is { } sender) return sender;
        refusal = numbers.Find(form.From) switch
        {
            null when ChannelAddress.ChannelOf(form.From) is not null =>
                TwilioError.BadRequest(63007, $"Twilio could not find a Channel with the specified From address: {form.From}") with
                {
                    Cure = $"nobody here writes as {form.From}: name it under channel_senders:, or register it by Channels/Senders",
                },
            { } mine when mine.Account == account => TwilioError.BadRequest(21661, $"'From' {form.From} is not SMS-capable"),
            { } =>
                TwilioError.BadRequest(21660, $"Mismatch between the 'From' number {form.From} and the account {account}") with
                {
                    Cure = $"{form.From} is another account's of this world: say account: under numbers:, or use that account",
                },
            null => NotTwilios(form.From) with { Cure = numbers.CureOfUnowned(form.From) },
        };
        return null;
    }

    private static TwilioError NotTwilios(string from) =>
        TwilioError.BadRequest(21659, $"'From' {from} is not a Twilio phone number or Short Code country mismatch");
}
