using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Permissions;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Messaging.Operations;

/// <summary>Where an account may text, and what takes texts.</summary>
/// <remarks>
/// twilio.com/docs/api/errors/21622, 21408, 21268, 21614, 21635. What a line is, the config says (<c>lookup:</c>); nobody is taken
/// for a landline by the digits. Where the sender is chosen later so is what depends on the line: it comes as 30006. Loop-confined.
/// </remarks>
/// <param name="accounts">Who has MMS.</param>
/// <param name="permissions">Countries.</param>
/// <param name="lineTypeOf">The sort of line a number was told to be; null for nothing told.</param>
internal sealed class DestinationRules(AccountBook accounts, GeoPermissionOperations permissions, Func<string, string?> lineTypeOf)
{
    // twilio.com/docs/lookup/v2-api/line-type-intelligence: lines no text is read on.
    private static readonly string[] NotMobile = ["sharedCost", "uan", "voicemail", "pager"];

    /// <summary>The first fault, or null.</summary>
    public TwilioError? Fault(AccountSid account, MessageForm form, bool isSenderKnown)
    {
        if (ChannelAddress.ChannelOf(form.To) is not null)
        {
            return Embargo.HoldsOnChannels(ChannelAddress.Bare(form.To)) ? NotPermitted(form.To) : null;
        }
        if (form.Options.IsMms && accounts.Find(account) is { LacksMms: true })
        {
            return TwilioError.BadRequest(21622, "MMS has not been enabled for your account");
        }
        if (!permissions.MayText(account, form.To)) return NotPermitted(form.To);
        var line = lineTypeOf(form.To);
        if (line == "premium")
        {
            return TwilioError.BadRequest(
                21268, $"Sending to Premium rate or Information Service numbers is not allowed: {NumberMask.Of(form.To)}");
        }
        if (!isSenderKnown || line is null) return null;
        if (line == "landline" && !form.Options.ForcesDelivery)
        {
            return TwilioError.BadRequest(21635, $"'To' number cannot be a landline: {NumberMask.Of(form.To)}");
        }
        return NotMobile.Contains(line)
            ? TwilioError.BadRequest(21614, $"'To' number is not a valid mobile number: {NumberMask.Of(form.To)}")
            : null;
    }

    private static TwilioError NotPermitted(string to) => TwilioError.BadRequest(
        21408, $"Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {NumberMask.Of(to)}");

    /// <summary>True for a line that a text leaves for in vain.</summary>
    public bool IsDeaf(string to) => lineTypeOf(ChannelAddress.Bare(to)) is { } line && (line == "landline" || NotMobile.Contains(line));
}
