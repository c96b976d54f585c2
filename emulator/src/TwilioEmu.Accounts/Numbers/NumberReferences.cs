using TwilioEmu.Accounts.Numbers.Addresses;
using TwilioEmu.Accounts.Numbers.Inventory;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Numbers;

/// <summary>Whether what a number refers to is there and will do: applications, addresses.</summary>
/// <remarks>
/// Loop-confined. Codes of twilio.com/docs/api/errors. Trunks, bundles and identities are of other products: only the shape of
/// their SIDs is looked at.
/// </remarks>
internal sealed class NumberReferences(NumberBook book)
{
    private static readonly string[] Applications = ["SmsApplicationSid", "VoiceApplicationSid"];

    /// <summary>Why the number cannot be kept as a form left it; null when it can.</summary>
    /// <param name="number">As it is to be; its account is the one that will own it.</param>
    /// <param name="form">What was asked.</param>
    /// <param name="isNew">True when it is bought, or changes hands: its country's rules are asked for then only.</param>
    public TwilioError? Find(PhoneNumber number, FormValues form, bool isNew)
    {
        foreach (var parameter in Applications)
        {
            if (form[parameter] is { Length: > 0 } sid && !book.Applications(number.Account).Contains(sid))
            {
                return ErrorCodes.Error(21420, $"{parameter} is not accessible: {sid}");
            }
        }
        var address = number.AddressSid is { } addressSid ? book.FindAddress(number.Account, addressSid) : null;
        if (form["AddressSid"] is { Length: > 0 } given && address is null)
        {
            return ErrorCodes.Error(20001, $"AddressSid is not accessible: {given}");
        }
        if (form["EmergencyAddressSid"] is { Length: > 0 } emergency
            && book.FindAddress(number.Account, emergency) is not { IsEmergencyEnabled: true })
        {
            return ErrorCodes.Error(20001, $"EmergencyAddressSid is not accessible, or not enabled for emergency calling: {emergency}");
        }
        return isNew || form["AddressSid"] is not null ? Requirement(number, address) : null;
    }

    /// <summary>
    /// 21631 and 21615: the address a number's country asks for (twilio.com/docs/phone-numbers/api/availablephonenumber-resource).
    /// </summary>
    private static TwilioError? Requirement(PhoneNumber number, PostalAddress? address)
    {
        if (number.Address == AddressRequirement.None) return null;
        if (address is null)
        {
            return number.Address == AddressRequirement.Local
                ? ErrorCodes.Error(21615, "Phone Number Requires a Local Address but the 'AddressSid' parameter was empty.")
                : ErrorCodes.Error(21631, "Phone Number Requires an Address but the 'AddressSid' parameter was empty.");
        }
        var isLocal = address.IsoCountry == NumberPlans.CountryOf(number.Number);
        return number.Address switch
        {
            AddressRequirement.Local when !isLocal =>
                ErrorCodes.Error(21615, $"Phone Number Requires a Local Address: {address.Sid} is in {address.IsoCountry}"),
            AddressRequirement.Foreign when isLocal =>
                ErrorCodes.Error(21631, $"Phone Number Requires an Address outside its country: {address.Sid} is in {address.IsoCountry}"),
            _ => null,
        };
    }
}
