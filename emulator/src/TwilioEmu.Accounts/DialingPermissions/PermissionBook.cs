using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Accounts.DialingPermissions;

/// <summary>Which countries an account may call.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/api/dialing-permissions-resources. The live service lets nobody call what is not switched on;
/// here only what the account itself has switched off is refused, so that whoever never heard of permissions may call the world; but for
/// countries that nobody may call (<see cref="Embargo"/>; that those are told as the switched off ones are is inferred).
/// </remarks>
public sealed class PermissionBook(World world, AccountBook accounts)
{
    /// <summary>
    /// The number types that are special: premium numbers, special services,
    /// shared cost (twilio.com/docs/voice/api/dialingpermissions-country-resource).
    /// </summary>
    internal static IReadOnlyList<LineType> SpecialLines { get; } = [LineType.PremiumRate, LineType.SharedCost, LineType.Uan];

    private static readonly TableKey<CountryPermission> Permissions = new("dialing-permissions", CountryPermission.Form);
    private static readonly TableKey<DialingSettings> Settings = new("dialing-permissions-settings", DialingSettings.Form);

    /// <summary>
    /// False for a number of a group that the account, or the parent it inherits from, has switched off, and where Twilio brings nothing.
    /// </summary>
    /// <param name="account">Who calls.</param>
    /// <param name="number">E.164.</param>
    public bool MayCall(AccountSid account, string number)
    {
        var country = NumberPlans.CountryOf(number);
        if (Embargo.IsOn(country)) return false;
        var ruling = RulingFor(account);
        // Most accounts have said nothing: no number is parsed for them.
        if (Table(ruling).Count == 0 || Table(ruling).Find(country) is not { } permission) return true;
        var group = SpecialLines.Contains(NumberPlans.Parse(number, null).Line) ? permission.HighRiskSpecial : permission.LowRisk;
        return group != DialingSwitch.Off;
    }

    /// <summary>What rules for an account in a country.</summary>
    public CountryPermission Of(AccountSid account, string isoCode) =>
        Table(RulingFor(account)).Find(isoCode) ?? new CountryPermission(isoCode);

    /// <summary>
    /// True for a subaccount that has its parent's permissions:
    /// from the start, until it says otherwise (twilio.com/docs/voice/api/dialing-permissions-resources).
    /// </summary>
    public bool Inherits(AccountSid account) => Setting(account)?.Inherits ?? accounts.Find(account) is { IsSubaccount: true };

    internal void Put(AccountSid account, CountryPermission permission, long cause) =>
        world.Store.Put(Permissions, account, permission, DialingEntries.PermissionUpdated, cause);

    /// <summary>What the account itself has said, whether or not it rules.</summary>
    internal CountryPermission OwnOf(AccountSid account, string isoCode) => Table(account).Find(isoCode) ?? new CountryPermission(isoCode);

    internal void PutInheritance(AccountSid account, bool inherits, long cause) =>
        world.Store.Put(Settings, account, new DialingSettings(inherits), DialingEntries.SettingsUpdated, cause);

    private AccountSid RulingFor(AccountSid account) =>
        accounts.Find(account) is { IsSubaccount: true } subaccount && Inherits(account) ? subaccount.Owner : account;

    private DialingSettings? Setting(AccountSid account) => world.Store.Table(Settings, account).Find(DialingSettings.Only);

    private Table<CountryPermission> Table(AccountSid account) => world.Store.Table(Permissions, account);
}
