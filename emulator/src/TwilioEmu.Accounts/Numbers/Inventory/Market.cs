using TwilioEmu.Accounts.Numbers.Plans;

namespace TwilioEmu.Accounts.Numbers.Inventory;

/// <summary>What is for sale: countries, the types each sells, what those can carry and what they ask of the buyer.</summary>
/// <remarks>
/// Types and rules change weekly on the live service (twilio.com/en-us/guidelines); this is one believable day of it (inferred). A code
/// may name the city it belongs to: <c>20=London</c>, <c>70=The_Hague</c>. The
/// United States and Canada take their codes from <see cref="AreaPlan"/>.
/// </remarks>
internal static class Market
{
    private const Capabilities Full = Capabilities.Voice | Capabilities.Sms | Capabilities.Mms;
    private const Capabilities Spoken = Capabilities.Voice;
    private const Capabilities Plain = Capabilities.Voice | Capabilities.Sms;
    private const Capabilities Texts = Capabilities.Sms;

    private const string TollFreeCodes = "800 833 844 855 866 877 888";

    private static readonly Offer[] Offers =
    [
        new("US", "Local", Full, AddressRequirement.None, 10, ""),
        new("US", "TollFree", Full, AddressRequirement.None, 10, TollFreeCodes),
        new("CA", "Local", Full, AddressRequirement.None, 10, ""),
        new("CA", "TollFree", Full, AddressRequirement.None, 10, TollFreeCodes),
        new("GB", "Local", Spoken, AddressRequirement.None, 10, "20=London 161=Manchester 121=Birmingham 113=Leeds 131=Edinburgh"),
        new("GB", "Mobile", Plain, AddressRequirement.None, 10, "7400 7480 7860"),
        new("GB", "TollFree", Spoken, AddressRequirement.None, 10, "800 808"),
        new("GB", "National", Spoken, AddressRequirement.None, 10, "330 333"),
        new("GB", "SharedCost", Spoken, AddressRequirement.None, 10, "843 844"),
        new("AU", "Local", Spoken, AddressRequirement.Any, 9, "2=Sydney 3=Melbourne 7=Brisbane 8=Perth"),
        new("AU", "Mobile", Full, AddressRequirement.Any, 9, "480 488"),
        new("AU", "TollFree", Spoken, AddressRequirement.Any, 10, "1800"),
        new("DE", "Local", Spoken, AddressRequirement.Local, 10, "30=Berlin 40=Hamburg 69=Frankfurt 89=Munich"),
        new("DE", "Mobile", Plain, AddressRequirement.Local, 11, "1521 1570"),
        new("DE", "TollFree", Spoken, AddressRequirement.Any, 10, "800"),
        new("FR", "Local", Spoken, AddressRequirement.Local, 9, "1=Paris 4=Lyon 5=Toulouse"),
        new("FR", "Mobile", Plain, AddressRequirement.Local, 9, "644 757"),
        new("FR", "National", Spoken, AddressRequirement.Local, 9, "948"),
        new("FR", "TollFree", Spoken, AddressRequirement.Any, 9, "805"),
        new("IE", "Local", Spoken, AddressRequirement.Local, 8, "1=Dublin"),
        new("IE", "Mobile", Plain, AddressRequirement.Local, 9, "83 89"),
        new("IE", "TollFree", Spoken, AddressRequirement.Any, 10, "1800"),
        new("NL", "Local", Spoken, AddressRequirement.Local, 9, "20=Amsterdam 10=Rotterdam 70=The_Hague"),
        new("NL", "Mobile", Plain, AddressRequirement.Any, 9, "61 62"),
        new("NL", "MachineToMachine", Texts, AddressRequirement.Any, 11, "970"),
        new("BE", "Local", Spoken, AddressRequirement.Local, 8, "2=Brussels 3=Antwerp"),
        new("BE", "Mobile", Plain, AddressRequirement.Any, 9, "460"),
        new("BE", "TollFree", Spoken, AddressRequirement.Any, 8, "800"),
        new("AT", "Local", Spoken, AddressRequirement.Local, 8, "1=Vienna"),
        new("AT", "Mobile", Plain, AddressRequirement.Any, 10, "670"),
        new("AT", "TollFree", Spoken, AddressRequirement.Any, 9, "800"),
        new("CH", "Local", Spoken, AddressRequirement.Local, 9, "44=Zurich 22=Geneva"),
        new("CH", "Mobile", Plain, AddressRequirement.Any, 9, "76 79"),
        new("CH", "TollFree", Spoken, AddressRequirement.Any, 9, "800"),
        new("IT", "Local", Spoken, AddressRequirement.Local, 10, "02=Milan 06=Rome"),
        new("IT", "Mobile", Plain, AddressRequirement.Local, 10, "375"),
        new("ES", "Local", Spoken, AddressRequirement.Local, 9, "91=Madrid 93=Barcelona"),
        new("ES", "Mobile", Plain, AddressRequirement.Local, 9, "61"),
        new("ES", "TollFree", Spoken, AddressRequirement.Any, 9, "900"),
        new("PT", "Local", Spoken, AddressRequirement.Local, 9, "21=Lisbon 22=Porto"),
        new("PT", "Mobile", Plain, AddressRequirement.Any, 9, "92"),
        new("SE", "Local", Spoken, AddressRequirement.None, 8, "8=Stockholm"),
        new("SE", "Mobile", Plain, AddressRequirement.None, 9, "766 769"),
        new("SE", "TollFree", Spoken, AddressRequirement.None, 8, "20"),
        new("NO", "Local", Spoken, AddressRequirement.Any, 8, "21=Oslo"),
        new("NO", "Mobile", Plain, AddressRequirement.None, 8, "41"),
        new("NO", "TollFree", Spoken, AddressRequirement.None, 8, "800"),
        new("DK", "Local", Spoken, AddressRequirement.Local, 8, "78"),
        new("DK", "Mobile", Plain, AddressRequirement.Any, 8, "52"),
        new("DK", "TollFree", Spoken, AddressRequirement.None, 8, "80"),
        new("FI", "Local", Spoken, AddressRequirement.Local, 9, "9=Helsinki"),
        new("FI", "Mobile", Plain, AddressRequirement.None, 9, "45"),
        new("FI", "TollFree", Spoken, AddressRequirement.None, 9, "800"),
        new("PL", "Local", Spoken, AddressRequirement.Any, 9, "22=Warsaw 12=Krakow"),
        new("PL", "Mobile", Plain, AddressRequirement.Any, 9, "732"),
        new("PL", "SharedCost", Spoken, AddressRequirement.Any, 9, "801"),
        new("PL", "TollFree", Spoken, AddressRequirement.Any, 9, "800"),
        new("CZ", "Local", Spoken, AddressRequirement.Any, 9, "2=Prague"),
        new("CZ", "Mobile", Plain, AddressRequirement.Any, 9, "736"),
        new("HU", "Local", Spoken, AddressRequirement.Local, 8, "1=Budapest"),
        new("HU", "Mobile", Plain, AddressRequirement.Local, 9, "20"),
        new("RO", "Local", Spoken, AddressRequirement.Local, 9, "21=Bucharest"),
        new("GR", "Local", Spoken, AddressRequirement.Local, 10, "21=Athens"),
        new("LT", "Local", Spoken, AddressRequirement.Any, 8, "5=Vilnius"),
        new("LT", "Mobile", Plain, AddressRequirement.Any, 8, "6"),
        new("EE", "Local", Spoken, AddressRequirement.Any, 7, "6=Tallinn"),
        new("EE", "Mobile", Plain, AddressRequirement.Any, 8, "5"),
        new("PR", "Local", Full, AddressRequirement.None, 10, "787=San_Juan 939=San_Juan"),
        new("MX", "Local", Spoken, AddressRequirement.None, 10, "55=Mexico_City 33=Guadalajara 81=Monterrey"),
        new("MX", "TollFree", Spoken, AddressRequirement.None, 10, "800"),
        new("BR", "Local", Spoken, AddressRequirement.Local, 10, "11=Sao_Paulo 21=Rio_de_Janeiro"),
        new("BR", "Mobile", Plain, AddressRequirement.Local, 11, "119"),
        new("BR", "TollFree", Spoken, AddressRequirement.Any, 10, "800"),
        new("AR", "Local", Spoken, AddressRequirement.None, 10, "11=Buenos_Aires"),
        new("CL", "Local", Spoken, AddressRequirement.None, 9, "2=Santiago"),
        new("CL", "Mobile", Plain, AddressRequirement.Any, 9, "9"),
        new("CO", "Local", Spoken, AddressRequirement.None, 10, "601=Bogota"),
        new("PE", "Local", Spoken, AddressRequirement.None, 8, "1=Lima"),
        new("JP", "Local", Spoken, AddressRequirement.Local, 9, "3=Tokyo 6=Osaka"),
        new("JP", "National", Spoken, AddressRequirement.Local, 10, "50"),
        new("JP", "TollFree", Spoken, AddressRequirement.Local, 9, "120"),
        new("HK", "Local", Spoken, AddressRequirement.Any, 8, "3"),
        new("HK", "Mobile", Plain, AddressRequirement.Any, 8, "6"),
        new("SG", "Local", Spoken, AddressRequirement.Local, 8, "6"),
        new("SG", "Mobile", Plain, AddressRequirement.Local, 8, "8"),
        new("IL", "Local", Spoken, AddressRequirement.None, 8, "3=Tel_Aviv"),
        new("IL", "Mobile", Plain, AddressRequirement.None, 9, "52"),
        new("ZA", "Local", Spoken, AddressRequirement.Local, 9, "10=Johannesburg 21=Cape_Town"),
        new("ZA", "Mobile", Plain, AddressRequirement.Any, 9, "60"),
        new("NZ", "Local", Spoken, AddressRequirement.Local, 8, "9=Auckland"),
        new("NZ", "TollFree", Spoken, AddressRequirement.Any, 9, "800"),
        new("MY", "Local", Spoken, AddressRequirement.Local, 9, "3=Kuala_Lumpur"),
        new("TH", "Local", Spoken, AddressRequirement.Local, 8, "2=Bangkok"),
        new("KE", "Local", Spoken, AddressRequirement.Local, 9, "20=Nairobi"),
    ];

    private static readonly Lazy<IReadOnlyList<Country>> Loaded = new(() =>
    [
        .. Offers.GroupBy(o => o.Country).Select(g => new Country(NumberPlans.FindCountry(g.Key)!, [.. g])),
    ]);

    public static IReadOnlyList<Country> Countries => Loaded.Value;

    /// <summary>The country of an ISO code, or null where nothing is sold.</summary>
    public static Country? Find(string isoCode)
    {
        foreach (var country in Countries) if (country.IsoCode.Equals(isoCode, StringComparison.OrdinalIgnoreCase)) return country;
        return null;
    }

    /// <summary>
    /// What a number bought by its digits is: the offer with the longest code it begins with, else one made up from its plan.
    /// </summary>
    public static Offer OfferOf(string e164, NumberKind kind)
    {
        var parsed = NumberPlans.Parse(e164, null);
        if (kind == NumberKind.TollFree)
        {
            return Of(parsed.Country, "TollFree")
                ?? new Offer("", "TollFree", parsed.CallingCode == "1" ? Full : Spoken, AddressRequirement.None, 0, "");
        }
        if (parsed.CallingCode == "1") return Of(parsed.Country, "Local") ?? Of("US", "Local")!;
        var national = parsed.CallingCode is { } code ? e164[(1 + code.Length)..] : "";
        // Numbers outside the plan, such as those reserved for films, are what their neighbours are (inferred).
        var isInPlan = parsed.Line != LineType.Unknown;
        var near = Offers
            .Where(o => o.Country == parsed.Country)
            .SelectMany(o => o.Codes, (o, c) => (Offer: o, c.Code, Shared: national.AsSpan().CommonPrefixLength(c.Code)))
            .Where(c => c.Shared > 0 && (!isInPlan || c.Shared == c.Code.Length))
            .OrderByDescending(c => c.Shared)
            .ToList();
        if (near.Count > 0) return near[0].Offer;
        return new Offer(parsed.Country ?? "", parsed.Line is LineType.Mobile ? "Mobile" : "Local", Plain, AddressRequirement.None, 0, "");
    }

    private static Offer? Of(string? country, string type) => Offers.FirstOrDefault(o => o.Country == country && o.Type == type);
}

/// <summary>A country where numbers are sold.</summary>
internal sealed record Country(PlanCountry Plan, IReadOnlyList<Offer> Offers)
{
    public string IsoCode => Plan.IsoCode;

    /// <summary>
    /// Area codes, LATAs, rate centers, coordinates: of these two only
    /// (twilio.com/docs/phone-numbers/api/availablephonenumberlocal-resource).
    /// </summary>
    public bool HasAreas => IsoCode is "US" or "CA";
}

/// <summary>A type of number a country sells.</summary>
/// <param name="Country">ISO code.</param>
/// <param name="Type">Its path segment: <c>TollFree</c>.</param>
/// <param name="Capabilities">What its numbers carry.</param>
/// <param name="Address">What it asks of the buyer.</param>
/// <param name="Digits">How many follow the calling code.</param>
/// <param name="CodeList">What they begin with, each with its city where it has one.</param>
internal sealed record Offer(
    string Country, string Type, Capabilities Capabilities, AddressRequirement Address, int Digits, string CodeList)
{
    /// <summary>As the country's <c>subresource_uris</c> name it: <c>toll_free</c>.</summary>
    public string Name =>
        Type switch { "TollFree" => "toll_free", "SharedCost" => "shared_cost", "MachineToMachine" => "machine_to_machine", _ => Word };

    /// <summary>As a number's <c>type</c> names it: <c>tollfree</c>.</summary>
    public string Word => Type.ToLowerInvariant();

    public IReadOnlyList<(string Code, string? City)> Codes { get; } =
        [
            .. CodeList
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(c => c.Split('=') is [var code, var city] ? (code, city.Replace('_', ' ')) : (c, (string?)null)),
        ];
}
