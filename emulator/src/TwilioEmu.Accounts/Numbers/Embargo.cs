using TwilioEmu.Accounts.Numbers.Plans;

namespace TwilioEmu.Accounts.Numbers;

/// <summary>Where Twilio brings nothing, whatever an account may do otherwise. Pure.</summary>
/// <remarks>
/// twilio.com/docs/api/errors/21408, 30649, 60238, 60605 (of voice and e-mail too): Iran since 15 March 2025, Syria and Cuba since 15
/// September 2025; WhatsApp and RCS besides not to +7978 and +850.
/// </remarks>
public static class Embargo
{
    private static readonly string[] Countries = ["CU", "IR", "SY"];

    private static readonly string[] ClosedToChannels = ["+7978", "+850"];

    /// <summary>True for one of the countries.</summary>
    /// <param name="country">ISO 3166-1, two letters.</param>
    public static bool IsOn(string country) => Countries.Contains(country);

    /// <summary>True for a number there.</summary>
    /// <param name="e164">With its plus.</param>
    public static bool Holds(string e164) => IsOn(NumberPlans.CountryOf(e164));

    /// <summary>True for a person whom WhatsApp and RCS do not reach.</summary>
    /// <param name="e164">With its plus.</param>
    public static bool HoldsOnChannels(string e164) =>
        Holds(e164) || Array.Exists(ClosedToChannels, p => e164.StartsWith(p, StringComparison.Ordinal));
}
