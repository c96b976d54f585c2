using TwilioEmu.Accounts.ConnectApps;
using TwilioEmu.Accounts.DialingPermissions;
using TwilioEmu.Accounts.Keys;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Addresses;
using TwilioEmu.Accounts.Numbers.CallerIds;
using TwilioEmu.Accounts.OAuth;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Accounts.Records;

/// <summary>The forms of the records kept here.</summary>
public static class AccountsForms
{
    public static IReadOnlyList<RecordForm> All { get; } =
    [
        Directory.Account.Form, ApiKey.Form, OAuthApp.Form, ConnectApp.Form, CountryPermission.Form, DialingSettings.Form, PhoneNumber.Form,
        PostalAddress.Form,
        OutgoingCallerId.Form,
    ];
}
