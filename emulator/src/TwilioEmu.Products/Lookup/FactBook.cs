using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel;

namespace TwilioEmu.Products.Lookup;

/// <summary>What is known of every number: as the config has it, else believable and the same in every run of a seed.</summary>
/// <remarks>Loop-confined.</remarks>
/// <param name="world">Its seed.</param>
/// <param name="numbers">The emulator's own numbers are Twilio's.</param>
/// <param name="configured">By number in E.164.</param>
internal sealed class FactBook(World world, NumberBook numbers, IReadOnlyDictionary<string, NumberFacts> configured)
{
    // Names of nobody in particular.
    private static readonly string[] FirstNames = ["Alex", "Maria", "Sam", "Nina", "Luis", "Grace", "Omar", "Julia"];
    private static readonly string[] LastNames = ["Miller", "Garcia", "Chen", "Okafor", "Novak", "Silva", "Jones", "Haddad"];

    /// <summary>True for a number somebody in this world has, whatever the numbering plan says.</summary>
    public bool IsHere(string e164) => configured.ContainsKey(e164) || numbers.Find(e164) is not null;

    /// <summary>The facts of a number, with every gap filled that has a usual value.</summary>
    public NumberFacts Of(ParsedNumber number)
    {
        var own = configured.GetValueOrDefault(number.E164, NumberFacts.None);
        // A stream for each number, so that the order of questions does not matter.
        var chance = world.Chances("lookup " + number.E164);
        var isOurs = numbers.Find(number.E164) is not null;
        var type = own.LineType ?? (isOurs && number.Line != LineType.TollFree ? "nonFixedVoip" : LineTypes.Of(number.Line));
        var networks = Carriers.In(number.Country ?? "");
        var network = isOurs ? Carriers.Twilio : type == "mobile" && networks.Count > 0 ? networks[chance.Next(networks.Count)] : null;
        var (first, last) = (FirstNames[chance.Next(FirstNames.Length)], LastNames[chance.Next(LastNames.Length)]);
        if (own.Carrier is not null && own.Carrier != network?.Name) network = new Carrier(own.Carrier, null, null);
        return own with
        {
            LineType = type,
            Carrier = network?.Name,
            MobileCountryCode = own.MobileCountryCode ?? network?.CountryCode,
            MobileNetworkCode = own.MobileNetworkCode ?? network?.NetworkCode,
            CallerName = own.CallerName ?? $"{first} {last}".ToUpperInvariant(),
            CallerType = own.CallerType ?? (type is "tollFree" or "nonFixedVoip" or "fixedVoip" ? "BUSINESS" : "CONSUMER"),
            IsForwarded = own.IsForwarded ?? false,
            LineStatus = own.LineStatus ?? "active",
            Reassigned = own.Reassigned ?? "no",
            RiskScore = own.RiskScore ?? chance.Next(20),
            IsBlocked = own.IsBlocked ?? false,
            Identity = own.Identity.Count > 0
                ? own.Identity
                : new Dictionary<string, string> { ["first_name"] = first, ["last_name"] = last },
        };
    }
}
