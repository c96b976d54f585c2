using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Accounts.Numbers.Inventory;

/// <summary>What an address must be for a number: values of <c>address_requirements</c>.</summary>
/// <remarks>twilio.com/docs/phone-numbers/api/availablephonenumber-resource.</remarks>
internal enum AddressRequirement
{
    None,

    /// <summary>Anywhere.</summary>
    Any,

    /// <summary>In the number's country.</summary>
    Local,

    /// <summary>Outside it.</summary>
    Foreign,
}

/// <summary>The words of <see cref="AddressRequirement"/>.</summary>
internal static class AddressRequirements
{
    public static readonly Words<AddressRequirement> Words = new(
        (AddressRequirement.None, "none"),
        (AddressRequirement.Any, "any"),
        (AddressRequirement.Local, "local"),
        (AddressRequirement.Foreign, "foreign"));

    public static string Wire(this AddressRequirement value) => Words.Spell(value);
}
