using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Randomness;

namespace TwilioEmu.Products.Numbers.Inventory;

/// <summary>The numbers for sale: a few dozen per area code, the same for the same seed.</summary>
/// <remarks>Loop-confined. A country's numbers are drawn when first searched.</remarks>
internal sealed class NumberStock(World world)
{
    private const int PerCode = 40;

    private readonly Dictionary<(string, string), List<AvailableNumber>> _drawn = [];

    /// <summary>All numbers of a type in a country, sold ones included; empty when the country does not sell the type.</summary>
    public IReadOnlyList<AvailableNumber> Of(Country country, string type)
    {
        if (_drawn.TryGetValue((country.IsoCode, type), out var numbers)) return numbers;
        numbers = [];
        foreach (var offer in country.Offers.Where(o => o.Type == type))
        {
            foreach (var place in NumberPlan.Places.Where(p => p.Country == country.IsoCode && p.Type == type))
            {
                foreach (var code in place.Codes) Draw(numbers, country, offer, place, code);
            }
        }
        _drawn.Add((country.IsoCode, type), numbers);
        return numbers;
    }

    private void Draw(List<AvailableNumber> numbers, Country country, Offer offer, Place place, string code)
    {
        // A stream per code, so that searching one place first does not change another.
        var chance = world.Chances($"stock {country.IsoCode} {offer.Type} {code}");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (seen.Count < PerCode)
        {
            var number = $"+{country.CallingCode}{code}{Subscriber(chance, country, offer)}";
            if (seen.Add(number)) numbers.Add(new AvailableNumber(number, code, country, offer, place));
        }
    }

    private static string Subscriber(Chance chance, Country country, Offer offer)
    {
        while (true)
        {
            var digits = string.Create(offer.SubscriberDigits, chance, static (span, chance) =>
            {
                for (var i = 0; i < span.Length; i++) span[i] = (char)('0' + chance.Next(10));
                if (span[0] is '0' or '1') span[0] = (char)('2' + chance.Next(8));
            });
            // North America: no exchange is N11, and 555 belongs to films and directory enquiries.
            if (country.CallingCode != "1" || (digits[1..3] != "11" && digits[..3] != "555")) return digits;
        }
    }
}
