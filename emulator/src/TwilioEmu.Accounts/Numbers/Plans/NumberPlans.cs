using System.Collections.Frozen;

namespace TwilioEmu.Accounts.Numbers.Plans;

/// <summary>The numbering plans of the world: tells a number's country, type and usual spelling. Pure.</summary>
/// <remarks>Facts of Google's libphonenumber, read when first asked for. Safe from any thread.</remarks>
public static class NumberPlans
{
    // As in libphonenumber: longer texts are no numbers, whatever they hold.
    private const int MaxText = 250;

    // ITU-T E.164 §6.
    private const int MaxDigits = 15;
    private const int MaxCallingCode = 3;

    /// <summary>Numbers of no country: +800 and kin.</summary>
    private const string NoCountry = "001";

    // ITU-T E.161: the letters of the keys 2 to 9, from A on.
    private const string Keys = "22233344455566677778889999";

    // Numbers of shared calling codes that were lately asked for; one that is asked for anew takes the place of another.
    private const int MostRemembered = 1024;

    private static readonly Known?[] Lately = new Known?[MostRemembered];

    private static readonly Lazy<Tables> Loaded = new(() => new Tables(PlanLoader.Load()));

    /// <summary>Every country with a plan, by ISO code.</summary>
    public static IReadOnlyList<PlanCountry> Countries => Loaded.Value.Countries;

    /// <summary>The country of an ISO code in any case, or null.</summary>
    public static PlanCountry? FindCountry(string isoCode) => Loaded.Value.ByIso.TryGetValue(isoCode, out var plan) ? plan.Country : null;

    /// <summary>What the E.164 numbers of some types in a country begin with: <c>+371900</c>; empty for an unknown country.</summary>
    public static IReadOnlyList<string> PrefixesOf(string isoCode, params IReadOnlyList<LineType> types) =>
        Loaded.Value.ByIso.TryGetValue(isoCode, out var plan)
            ? [.. plan.PrefixesOf(types).Select(p => $"+{plan.Country.CallingCode}{p}")]
            : [];

    /// <summary>
    /// What the E.164 numbers of a country begin with: its calling code, with area codes for the islands of North America's plan.
    /// </summary>
    public static IReadOnlyList<string> CodesOf(PlanCountry country)
    {
        var leading = country.CallingCode == "1" && Loaded.Value.ByIso.TryGetValue(country.IsoCode, out var plan) ? plan.LeadingDigits : [];
        var areas = leading.Where(l => l.Length == 3).ToList();
        return areas.Count == 0 ? [$"+{country.CallingCode}"] : [.. areas.Select(l => $"+{country.CallingCode}{l}")];
    }

    /// <summary>Reads a number.</summary>
    /// <param name="number">With a plus, or as dialled in the default country;
    /// punctuation and letters of the telephone keys are understood.</param>
    /// <param name="defaultCountry">ISO code, or null: then digits alone count as if
    /// a plus stood before them, ten digits as North American (inferred).</param>
    public static ParsedNumber Parse(string number, string? defaultCountry)
    {
        if (number.Length > MaxText || Digits(number, out var hasPlus) is not { } digits) return None(number, NumberProblem.NotANumber);
        if (hasPlus) return International(number, digits);
        if (defaultCountry is null)
        {
            if (digits.Length == 10 && digits[0] is >= '2' and <= '9') return National(digits, Loaded.Value.ByIso["US"]);
            return International(number, digits);
        }
        if (!Loaded.Value.ByIso.TryGetValue(defaultCountry, out var home)) return None(number, NumberProblem.InvalidCountryCode);
        if (home.AbroadPrefixLength(digits) is > 0 and var prefix) return International(number, digits[prefix..]);
        var parsed = National(digits, home);
        // A number whose plus was lost: taken so only where it is none as it stands.
        if (!parsed.IsValid && digits.StartsWith(home.Country.CallingCode, StringComparison.Ordinal)
            && International(number, digits) is { IsPossible: true } other)
        {
            return other;
        }
        return parsed;
    }

    /// <summary>The ISO code of an E.164 number's country, empty where there is none.</summary>
    public static string CountryOf(string e164)
    {
        if (e164 is not ['+', ..] || PlansOf(e164.AsSpan(1), out var codeLength) is not { } plans) return "";
        // North America is asked for most: its area codes tell without patterns.
        if (e164[1] == '1' && e164.Length >= 5 && AreaPlan.Find(e164.AsSpan(2, 3)) is { } area) return area.Country;
        var plan = plans.Count == 1 ? plans[0] : Remembered(e164, plans, codeLength);
        return plan.Country.IsoCode == NoCountry ? "" : plan.Country.IsoCode;
    }

    /// <summary>
    /// Which of the countries that share a calling code has the number. It takes patterns, and of a message several ask: permissions,
    /// prices, what webhooks tell.
    /// </summary>
    private static CountryPlan Remembered(string e164, IReadOnlyList<CountryPlan> plans, int codeLength)
    {
        ref var place = ref Lately[(uint)string.GetHashCode(e164) % (uint)Lately.Length];
        if (place is { } known && known.Number == e164) return known.Plan;
        var plan = Choose(plans, e164[(1 + codeLength)..]);
        place = new Known(e164, plan);
        return plan;
    }

    /// <summary>True where a number in E.164 begins with a calling code that is given out, of a country or of none (+800, +870).</summary>
    public static bool HasCallingCode(string e164) => e164 is ['+', ..] && PlansOf(e164.AsSpan(1), out _) is not null;

    private static ParsedNumber International(string text, string digits)
    {
        if (PlansOf(digits, out var codeLength) is not { } plans)
        {
            return None(text, digits.Length < MaxCallingCode ? NumberProblem.TooShort : NumberProblem.InvalidCountryCode);
        }
        var rest = digits[codeLength..];
        // Some write the trunk prefix behind the calling code: +44 (0)20.
        var national = plans[0].WithoutTrunkPrefix(rest);
        return Judge(national, Choose(plans, national));
    }

    private static ParsedNumber National(string digits, CountryPlan home)
    {
        var national = home.WithoutTrunkPrefix(digits);
        var plans = Loaded.Value.ByCallingCode[home.Country.CallingCode];
        return Judge(national, home.TypeOf(national) != LineType.Unknown || plans.Count == 1 ? home : Choose(plans, national, home));
    }

    private static ParsedNumber Judge(string national, CountryPlan plan)
    {
        var type = plan.TypeOf(national);
        var isValid = type != LineType.Unknown;
        // As libphonenumber judges them: possible lengths are those of the
        // calling code's main country, valid is what any of its countries has.
        var ofLength = Loaded.Value.ByCallingCode[plan.Country.CallingCode][0].ProblemOfLength(national.Length);
        var isPossible = ofLength is null && plan.Country.CallingCode.Length + national.Length <= MaxDigits + 2;
        NumberProblem? problem = isValid ? null : ofLength ?? NumberProblem.InvalidButPossible;
        var country = plan.Country.IsoCode == NoCountry ? null : plan.Country.IsoCode;
        return new ParsedNumber(
            $"+{plan.Country.CallingCode}{national}", country, plan.Country.CallingCode, Format(national, plan), isPossible, isValid,
            type, problem);
    }

    private static string Format(string national, CountryPlan plan)
    {
        // Countries that share a calling code share the formats of the main one.
        var formats = plan.Formats.Count > 0 ? plan.Formats : Loaded.Value.ByCallingCode[plan.Country.CallingCode][0].Formats;
        foreach (var format in formats) if (format.Write(national) is { } written) return written;
        return national;
    }

    private static CountryPlan Choose(IReadOnlyList<CountryPlan> plans, string national, CountryPlan? otherwise = null)
    {
        if (plans.Count == 1) return plans[0];
        foreach (var plan in plans)
        {
            if (plan.Leads(national) ?? plan.TypeOf(national) != LineType.Unknown) return plan;
        }
        return otherwise ?? plans[0];
    }

    /// <summary>The plans under the calling code that digits begin with, the main country's first; null for a code of nobody's.</summary>
    private static IReadOnlyList<CountryPlan>? PlansOf(ReadOnlySpan<char> digits, out int codeLength)
    {
        var codes = Loaded.Value.ByCallingCode.GetAlternateLookup<ReadOnlySpan<char>>();
        for (codeLength = 1; codeLength <= MaxCallingCode && codeLength <= digits.Length; codeLength++)
        {
            if (codes.TryGetValue(digits[..codeLength], out var plans)) return plans;
        }
        return null;
    }

    /// <summary>The digits of a text, or null where it is no number: other signs, or fewer than two digits.</summary>
    private static string? Digits(string text, out bool hasPlus)
    {
        hasPlus = false;
        var digits = new System.Text.StringBuilder(text.Length);
        var letters = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                digits.Append(c);
            }
            else if (c == '+' && digits.Length == 0)
            {
                hasPlus = true;
            }
            else if (char.IsAsciiLetter(c) && digits.Length > 0)
            {
                (_, letters) = (digits.Append(Keys[char.ToUpperInvariant(c) - 'A']), letters + 1);
            }
            else if (c is not (' ' or '-' or '.' or '(' or ')' or '/' or '\u00A0' or '\u2011' or '\u2013'))
            {
                return null;
            }
        }
        // libphonenumber: three letters at least make a vanity number, and two digits a number.
        return digits.Length < 2 || letters is 1 or 2 ? null : digits.ToString();
    }

    private static ParsedNumber None(string text, NumberProblem problem) =>
        new(text, null, null, null, false, false, LineType.Unknown, problem);

    private sealed record Known(string Number, CountryPlan Plan);

    private sealed class Tables(List<CountryPlan> plans)
    {
        public IReadOnlyList<PlanCountry> Countries { get; } =
        [
            .. plans.Where(p => p.Country.IsoCode != NoCountry).Select(p => p.Country).OrderBy(c => c.IsoCode, StringComparer.Ordinal),
        ];

        public FrozenDictionary<string, CountryPlan> ByIso { get; } =
            plans.Where(p => p.Country.IsoCode != NoCountry).ToFrozenDictionary(p => p.Country.IsoCode, StringComparer.OrdinalIgnoreCase);

        public FrozenDictionary<string, IReadOnlyList<CountryPlan>> ByCallingCode { get; } = plans
            .GroupBy(p => p.Country.CallingCode, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<CountryPlan>)[.. g.OrderBy(p => !p.IsMain)], StringComparer.Ordinal);
    }
}
