using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Randomness;

namespace TwilioEmu.Accounts.Numbers.Inventory;

/// <summary>The numbers for sale: a few dozen per area code, the same for the same seed.</summary>
/// <remarks>
/// Loop-confined. A code's numbers are drawn when first searched, by a stream of their own: what was searched before does not matter.
/// </remarks>
internal sealed class NumberStock(World world)
{
    private const int PerCode = 40;

    // A range may hold few of the numbers its code could have: draws are given up for the rest.
    private const int MaxDraws = 4000;

    private readonly Dictionary<(string Country, string Type, string Code), List<AvailableNumber>> _drawn = [];
    private readonly Dictionary<(string Country, string Type), List<Shelf>> _shelves = [];

    /// <summary>All numbers of an offer, sold ones included: one of each code in turn.</summary>
    /// <param name="offer">Country and type.</param>
    /// <param name="areaCode">Only this one; null for all.</param>
    public IEnumerable<AvailableNumber> Of(Offer offer, string? areaCode)
    {
        var shelves = ShelvesOf(offer);
        if (areaCode is not null) shelves = shelves.FindAll(s => s.Code == areaCode);
        for (var i = 0; i < PerCode; i++)
        {
            foreach (var shelf in shelves)
            {
                var numbers = Numbers(offer, shelf);
                if (i < numbers.Count) yield return numbers[i];
            }
        }
    }

    private List<Shelf> ShelvesOf(Offer offer)
    {
        if (_shelves.TryGetValue((offer.Country, offer.Type), out var shelves)) return shelves;
        shelves = offer.Codes.Count > 0
            ? [.. offer.Codes.Select(c => new Shelf(c.Code, c.City, null))]
            : [.. AreaPlan.All.Where(a => a.Country == offer.Country).Select(a => new Shelf(a.Code, null, a))];
        // The order a search shows them in: any, but always the same.
        var chance = world.Chances($"shelves {offer.Country} {offer.Type}");
        for (var i = shelves.Count - 1; i > 0; i--)
        {
            var j = chance.Next(i + 1);
            (shelves[i], shelves[j]) = (shelves[j], shelves[i]);
        }
        _shelves.Add((offer.Country, offer.Type), shelves);
        return shelves;
    }

    private List<AvailableNumber> Numbers(Offer offer, Shelf shelf)
    {
        if (_drawn.TryGetValue((offer.Country, offer.Type, shelf.Code), out var numbers)) return numbers;
        numbers = [];
        var prefix = $"+{NumberPlans.FindCountry(offer.Country)!.CallingCode}{shelf.Code}";
        var open = offer.Digits - shelf.Code.Length;
        var chance = world.Chances($"stock {offer.Country} {offer.Type} {shelf.Code}");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var draws = 0; numbers.Count < PerCode && draws < MaxDraws; draws++)
        {
            var place = shelf.Area is { Places.Count: > 0 } area ? area.Places[numbers.Count % area.Places.Count] : null;
            var number = prefix + (offer.Country is "US" or "CA" ? NorthAmerican(chance, place) : Any(chance, open));
            if (seen.Add(number) && IsOf(offer, NumberPlans.Parse(number, null)))
            {
                numbers.Add(new AvailableNumber(number, shelf.Code, offer, shelf.City, shelf.Area, place));
            }
        }
        _drawn.Add((offer.Country, offer.Type, shelf.Code), numbers);
        return numbers;
    }

    /// <summary>True for a number of the offer's country; toll-free ones of +1 are no country's.</summary>
    private static bool IsOf(Offer offer, ParsedNumber number) =>
        number.IsValid && (number.Country == offer.Country || offer.Type == "TollFree");

    /// <summary>An exchange of the place and four digits.</summary>
    private static string NorthAmerican(Chance chance, AreaPlace? place)
    {
        if (place is { Exchanges.Count: > 0 }) return place.Exchanges[chance.Next(place.Exchanges.Count)] + Any(chance, 4);
        while (true)
        {
            var digits = (char)('2' + chance.Next(8)) + Any(chance, 6);
            // No exchange is N11, and 555 belongs to films and directory enquiries.
            if (digits[1..3] != "11" && digits[..3] != "555") return digits;
        }
    }

    private static string Any(Chance chance, int count) => string.Create(count, chance, static (span, chance) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = (char)('0' + chance.Next(10));
    });

    /// <summary>The numbers of one code lie together.</summary>
    private sealed record Shelf(string Code, string? City, Area? Area);
}
