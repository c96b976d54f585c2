namespace TwilioEmu.Products.Numbers.Inventory;

/// <summary>Where numbers are: countries, what they sell, and the places numbers belong to.</summary>
/// <remarks>
/// Area codes by state and province: the North American Numbering Plan (nationalnanpa.com). One city stands for a state; LATA and
/// coordinates are that city's. No country here asks for an address: rules of regulators are not emulated.
/// </remarks>
internal static class NumberPlan
{
    private const Capabilities Full = Capabilities.Voice | Capabilities.Sms | Capabilities.Mms;
    private const Capabilities Spoken = Capabilities.Voice;
    private const Capabilities Plain = Capabilities.Voice | Capabilities.Sms;

    public static IReadOnlyList<Country> Countries { get; } =
    [
        new("US", "United States", "1", [new("Local", "local", Full, 7), new("TollFree", "tollfree", Full, 7)]),
        new("CA", "Canada", "1", [new("Local", "local", Full, 7), new("TollFree", "tollfree", Full, 7)]),
        new("GB", "United Kingdom", "44", [new("Local", "local", Spoken, 7), new("Mobile", "mobile", Plain, 6), new("TollFree", "tollfree", Spoken, 6), new("National", "national", Spoken, 6)]),
        new("AU", "Australia", "61", [new("Local", "local", Spoken, 8), new("Mobile", "mobile", Plain, 6), new("TollFree", "tollfree", Spoken, 6)]),
        new("DE", "Germany", "49", [new("Local", "local", Spoken, 7), new("Mobile", "mobile", Plain, 7)]),
        new("FR", "France", "33", [new("Local", "local", Spoken, 8), new("Mobile", "mobile", Plain, 6), new("National", "national", Spoken, 6)]),
        new("IE", "Ireland", "353", [new("Local", "local", Spoken, 7), new("Mobile", "mobile", Plain, 7)]),
        new("NL", "Netherlands", "31", [new("Local", "local", Spoken, 7), new("Mobile", "mobile", Plain, 7)]),
        new("SE", "Sweden", "46", [new("Local", "local", Spoken, 7), new("Mobile", "mobile", Plain, 6)]),
    ];

    /// <summary>A place, and the codes after the country code that its numbers begin with.</summary>
    public static IReadOnlyList<Place> Places { get; } =
    [
        new("US", "Local", "AL", "Birmingham", "35203", "476", 33.52, -86.81, "205 251 256 334 659 938"),
        new("US", "Local", "AK", "Anchorage", "99501", "832", 61.22, -149.90, "907"),
        new("US", "Local", "AZ", "Phoenix", "85003", "666", 33.45, -112.07, "480 520 602 623 928"),
        new("US", "Local", "AR", "Little Rock", "72201", "528", 34.75, -92.29, "479 501 870"),
        new("US", "Local", "CA", "San Francisco", "94103", "722", 37.77, -122.42, "415 510 628 650 925"),
        new("US", "Local", "CA", "Los Angeles", "90012", "730", 34.05, -118.24, "213 310 323 424 562 626 657 661 714 747 805 818 909 949 951"),
        new("US", "Local", "CA", "San Jose", "95113", "722", 37.34, -121.89, "408 669 831"),
        new("US", "Local", "CA", "San Diego", "92101", "732", 32.72, -117.16, "619 760 858 442"),
        new("US", "Local", "CA", "Sacramento", "95814", "726", 38.58, -121.49, "209 279 341 530 559 707 916"),
        new("US", "Local", "CO", "Denver", "80202", "656", 39.74, -104.99, "303 719 720 970"),
        new("US", "Local", "CT", "Hartford", "06103", "920", 41.76, -72.69, "203 475 860 959"),
        new("US", "Local", "DE", "Wilmington", "19801", "228", 39.74, -75.55, "302"),
        new("US", "Local", "DC", "Washington", "20001", "236", 38.91, -77.04, "202 771"),
        new("US", "Local", "FL", "Miami", "33130", "460", 25.77, -80.19, "305 561 754 772 786 954"),
        new("US", "Local", "FL", "Orlando", "32801", "458", 28.54, -81.38, "239 321 352 386 407 689 727 813 850 863 904 941"),
        new("US", "Local", "GA", "Atlanta", "30303", "438", 33.75, -84.39, "229 404 470 478 678 706 762 770 912 943"),
        new("US", "Local", "HI", "Hilo", "96720", "834", 19.72, -155.09, "808"),
        new("US", "Local", "ID", "Boise", "83702", "652", 43.62, -116.20, "208 986"),
        new("US", "Local", "IL", "Chicago", "60602", "358", 41.88, -87.63, "217 224 309 312 331 447 618 630 708 773 779 815 847 872"),
        new("US", "Local", "IN", "Indianapolis", "46204", "336", 39.77, -86.16, "219 260 317 463 574 765 812 930"),
        new("US", "Local", "IA", "Des Moines", "50309", "632", 41.59, -93.62, "319 515 563 641 712"),
        new("US", "Local", "KS", "Wichita", "67202", "532", 37.69, -97.34, "316 620 785 913"),
        new("US", "Local", "KY", "Louisville", "40202", "462", 38.25, -85.76, "270 364 502 606 859"),
        new("US", "Local", "LA", "New Orleans", "70112", "490", 29.95, -90.07, "225 318 337 504 985"),
        new("US", "Local", "ME", "Portland", "04101", "120", 43.66, -70.26, "207"),
        new("US", "Local", "MD", "Baltimore", "21202", "238", 39.29, -76.61, "227 240 301 410 443 667"),
        new("US", "Local", "MA", "Boston", "02108", "128", 42.36, -71.06, "339 351 413 508 617 774 781 857 978"),
        new("US", "Local", "MI", "Detroit", "48226", "340", 42.33, -83.05, "231 248 269 313 517 586 616 734 810 906 947 989"),
        new("US", "Local", "MN", "Minneapolis", "55401", "628", 44.98, -93.27, "218 320 507 612 651 763 952"),
        new("US", "Local", "MS", "Jackson", "39201", "482", 32.30, -90.18, "228 601 662 769"),
        new("US", "Local", "MO", "St. Louis", "63101", "520", 38.63, -90.20, "314 417 557 573 636 660 816 975"),
        new("US", "Local", "MT", "Billings", "59101", "648", 45.78, -108.50, "406"),
        new("US", "Local", "NE", "Omaha", "68102", "644", 41.26, -95.93, "308 402 531"),
        new("US", "Local", "NV", "Las Vegas", "89101", "721", 36.17, -115.14, "702 725 775"),
        new("US", "Local", "NH", "Manchester", "03101", "122", 42.99, -71.46, "603"),
        new("US", "Local", "NJ", "Newark", "07102", "224", 40.74, -74.17, "201 551 609 640 732 848 856 862 908 973"),
        new("US", "Local", "NM", "Albuquerque", "87102", "664", 35.08, -106.65, "505 575"),
        new("US", "Local", "NY", "New York", "10007", "132", 40.71, -74.01, "212 332 347 516 631 646 718 914 917 929 934"),
        new("US", "Local", "NY", "Buffalo", "14202", "140", 42.89, -78.88, "315 518 585 607 624 680 716 838 845"),
        new("US", "Local", "NC", "Charlotte", "28202", "422", 35.23, -80.84, "252 336 472 704 743 828 910 919 980 984"),
        new("US", "Local", "ND", "Fargo", "58102", "636", 46.88, -96.79, "701"),
        new("US", "Local", "OH", "Cleveland", "44113", "320", 41.50, -81.69, "216 220 234 283 326 330 380 419 436 440 513 567 614 740 937"),
        new("US", "Local", "OK", "Oklahoma City", "73102", "536", 35.47, -97.52, "405 539 572 580 918"),
        new("US", "Local", "OR", "Portland", "97204", "672", 45.52, -122.68, "458 503 541 971"),
        new("US", "Local", "PA", "Philadelphia", "19103", "228", 39.95, -75.17, "215 223 267 272 412 445 484 570 582 610 717 724 814 835 878"),
        new("US", "Local", "PR", "San Juan", "00901", "820", 18.47, -66.11, "787 939"),
        new("US", "Local", "RI", "Providence", "02903", "130", 41.82, -71.41, "401"),
        new("US", "Local", "SC", "Columbia", "29201", "434", 34.00, -81.03, "803 839 843 854 864"),
        new("US", "Local", "SD", "Sioux Falls", "57104", "640", 43.55, -96.73, "605"),
        new("US", "Local", "TN", "Nashville", "37219", "470", 36.16, -86.78, "423 615 629 731 865 901 931"),
        new("US", "Local", "TX", "Dallas", "75201", "552", 32.78, -96.80, "214 254 325 430 469 682 806 817 903 940 945 972"),
        new("US", "Local", "TX", "Houston", "77002", "560", 29.76, -95.37, "281 346 409 713 832 936 979"),
        new("US", "Local", "TX", "Austin", "78701", "558", 30.27, -97.74, "210 361 432 512 726 737 830 915 956"),
        new("US", "Local", "UT", "Salt Lake City", "84111", "660", 40.76, -111.89, "385 435 801"),
        new("US", "Local", "VT", "Burlington", "05401", "124", 44.48, -73.21, "802"),
        new("US", "Local", "VA", "Richmond", "23219", "248", 37.54, -77.44, "276 434 540 571 703 757 804 826 948"),
        new("US", "Local", "WA", "Seattle", "98104", "674", 47.61, -122.33, "206 253 360 425 509 564"),
        new("US", "Local", "WV", "Charleston", "25301", "254", 38.35, -81.63, "304 681"),
        new("US", "Local", "WI", "Milwaukee", "53202", "356", 43.04, -87.91, "262 274 414 534 608 715 920"),
        new("US", "Local", "WY", "Cheyenne", "82001", "654", 41.14, -104.82, "307"),
        new("US", "TollFree", null, null, null, null, null, null, "800 833 844 855 866 877 888"),
        new("CA", "Local", "ON", "Toronto", "M5H 2N2", "888", 43.65, -79.38, "226 249 289 343 365 416 437 519 548 613 647 705 807 905"),
        new("CA", "Local", "QC", "Montreal", "H2Y 1C6", "888", 45.50, -73.57, "418 438 450 514 579 581 819 873"),
        new("CA", "Local", "BC", "Vancouver", "V5Y 1V4", "888", 49.28, -123.12, "236 250 604 672 778"),
        new("CA", "Local", "AB", "Calgary", "T2G 2M3", "888", 51.05, -114.07, "368 403 587 780 825"),
        new("CA", "Local", "MB", "Winnipeg", "R3B 1B9", "888", 49.90, -97.14, "204 431"),
        new("CA", "Local", "SK", "Regina", "S4P 3C8", "888", 50.45, -104.62, "306 474 639"),
        new("CA", "Local", "NS", "Halifax", "B3J 3A5", "888", 44.65, -63.58, "782 902"),
        new("CA", "Local", "NB", "Moncton", "E1C 1E8", "888", 46.09, -64.77, "506"),
        new("CA", "Local", "NL", "St. John's", "A1C 5M2", "888", 47.56, -52.71, "709"),
        new("CA", "TollFree", null, null, null, null, null, null, "800 833 844 855 866 877 888"),
        new("GB", "Local", "London", "London", null, null, 51.51, -0.13, "207 208 203"),
        new("GB", "Local", "Manchester", "Manchester", null, null, 53.48, -2.24, "161"),
        new("GB", "Mobile", null, null, null, null, null, null, "7400 7700 7860"),
        new("GB", "TollFree", null, null, null, null, null, null, "800 808"),
        new("GB", "National", null, null, null, null, null, null, "3300 3333"),
        new("AU", "Local", "NSW", "Sydney", null, null, -33.87, 151.21, "2"),
        new("AU", "Local", "VIC", "Melbourne", null, null, -37.81, 144.96, "3"),
        new("AU", "Mobile", null, null, null, null, null, null, "480 488"),
        new("AU", "TollFree", null, null, null, null, null, null, "1800"),
        new("DE", "Local", "Berlin", "Berlin", null, null, 52.52, 13.40, "30"),
        new("DE", "Mobile", null, null, null, null, null, null, "1521 1570"),
        new("FR", "Local", "Paris", "Paris", null, null, 48.86, 2.35, "1"),
        new("FR", "Mobile", null, null, null, null, null, null, "644 757"),
        new("FR", "National", null, null, null, null, null, null, "948"),
        new("IE", "Local", "Dublin", "Dublin", null, null, 53.35, -6.26, "1"),
        new("IE", "Mobile", null, null, null, null, null, null, "83 89"),
        new("NL", "Local", "Amsterdam", "Amsterdam", null, null, 52.37, 4.90, "20"),
        new("NL", "Mobile", null, null, null, null, null, null, "61 62"),
        new("SE", "Local", "Stockholm", "Stockholm", null, null, 59.33, 18.07, "8"),
        new("SE", "Mobile", null, null, null, null, null, null, "766 769"),
    ];

    /// <summary>The country of an ISO code, or null where nothing is sold.</summary>
    public static Country? Find(string isoCode)
    {
        foreach (var country in Countries) if (country.IsoCode == isoCode) return country;
        return null;
    }

    /// <summary>The type word and capabilities of a number that was bought by its digits.</summary>
    public static (string Type, Capabilities Capabilities) TraitsOf(string e164, NumberKind kind)
    {
        if (kind == NumberKind.TollFree) return ("tollfree", e164.StartsWith("+1", StringComparison.Ordinal) ? Full : Spoken);
        if (e164.StartsWith("+1", StringComparison.Ordinal)) return ("local", Full);
        var best = Places
            .Where(p => p.Type != "Local")
            .SelectMany(p => p.Codes, (p, code) => (Place: p, Prefix: "+" + Find(p.Country)!.CallingCode + code))
            .Where(c => e164.StartsWith(c.Prefix, StringComparison.Ordinal))
            .MaxBy(c => c.Prefix.Length);
        if (best.Place is null) return e164.StartsWith("+447", StringComparison.Ordinal) ? ("mobile", Plain) : ("local", Plain);
        var offer = Find(best.Place.Country)!.Offers.First(o => o.Type == best.Place.Type);
        return (offer.Word, offer.Capabilities);
    }
}

/// <summary>A country where numbers are sold.</summary>
internal sealed record Country(string IsoCode, string Name, string CallingCode, IReadOnlyList<Offer> Offers);

/// <summary>A type of number a country sells: its path segment, its word, and how many digits follow the place's code.</summary>
internal sealed record Offer(string Type, string Word, Capabilities Capabilities, int SubscriberDigits);

/// <summary>Where numbers belong.</summary>
internal sealed record Place(
    string Country, string Type, string? Region, string? Locality, string? PostalCode, string? Lata, double? Latitude, double? Longitude, string CodeList)
{
    public IReadOnlyList<string> Codes { get; } = CodeList.Split(' ');
}
