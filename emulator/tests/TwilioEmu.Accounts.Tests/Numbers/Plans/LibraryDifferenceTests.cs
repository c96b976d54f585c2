using PhoneNumbers;
using TwilioEmu.Accounts.Numbers.Plans;

namespace TwilioEmu.Accounts.Tests.Numbers.Plans;

/// <summary>Our reading of numbers beside that of libphonenumber itself (its port to C#), over numbers made for every region.</summary>
/// <remarks>
/// Both run over Google's facts, so what differs is a fault of ours, or facts of another day: those
/// are named in <see cref="Known"/>. The library need not ship for it (docs/architecture.md).
/// </remarks>
[Trait("slow", "")]
public sealed class LibraryDifferenceTests(ITestOutputHelper output)
{
    private const int Samples = 12;
    private const int AnyDigits = 60;

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    // libphonenumber-js, which our facts are compiled from, leaves out how numbers are written
    // that cannot be dialled from abroad; they keep their bare digits.
    private const string NotFromAbroad = "not dialled from abroad";

    // Kind of difference and region, with the reason.
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["format CN"] = NotFromAbroad,
        ["format HN"] = NotFromAbroad,
        ["format NL"] = NotFromAbroad,
        ["format NP"] = NotFromAbroad,
        ["format SK"] = NotFromAbroad,
        ["format TR"] = NotFromAbroad,
        ["format VN"] = NotFromAbroad,
    };

    [Fact]
    public void Numbers_of_every_region_are_judged_as_the_library_judges_them()
    {
        var (count, differences) = (0, new SortedDictionary<string, List<string>>(StringComparer.Ordinal));
        foreach (var region in Library.GetSupportedRegions().Order(StringComparer.Ordinal))
        {
            foreach (var number in NumbersOf(region))
            {
                count++;
                foreach (var (kind, theirs, ours) in Compare(number))
                {
                    var key = $"{kind} {region}";
                    if (!differences.TryGetValue(key, out var list)) differences.Add(key, list = []);
                    list.Add($"{number}: {theirs}, ours {ours}");
                }
            }
        }
        foreach (var (key, list) in differences) output.WriteLine($"{key}: {list.Count} such as {string.Join("; ", list.Take(3))}");
        output.WriteLine($"{count} numbers");
        count.Should().BeGreaterThan(40_000);
        differences.Where(d => !Known.ContainsKey(d.Key)).Select(d => $"{d.Key}: {d.Value[0]}").Should().BeEmpty();
        Known.Keys.Should().BeSubsetOf(differences.Keys, "what no longer differs needs no reason");
    }

    [Fact]
    public void Numbers_as_people_at_home_write_them_are_read_as_the_library_reads_them()
    {
        var differences = new List<string>();
        foreach (var region in Library.GetSupportedRegions().Order(StringComparer.Ordinal))
        {
            foreach (var number in NumbersOf(region))
            {
                if (!TryRead(number, out var parsed) || !Library.IsValidNumberForRegion(parsed, region)) continue;
                var text = Library.Format(parsed, PhoneNumberFormat.NATIONAL);
                var ours = NumberPlans.Parse(text, region).E164;
                if (ours != Library.Format(Library.Parse(text, region), PhoneNumberFormat.E164) && !Known.ContainsKey($"home {region}"))
                {
                    differences.Add($"home {region}: {text}, theirs {number}, ours {ours}");
                }
            }
        }
        output.WriteLine(string.Join('\n', differences.Take(200)));
        differences.Should().BeEmpty();
    }

    private static IEnumerable<(string Kind, string Theirs, string Ours)> Compare(string number)
    {
        var ours = NumberPlans.Parse(number, null);
        if (!TryRead(number, out var parsed))
        {
            if (ours.IsValid) yield return ("read", "none", "valid");
            yield break;
        }
        var isValid = Library.IsValidNumber(parsed);
        // Lengths of numbers without their area code, which nobody reaches by a plus, are possible to the library and not to us.
        var isPossible = Library.IsPossibleNumberWithReason(parsed) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE;
        if (isPossible != ours.IsPossible) yield return ("possible", $"{!ours.IsPossible}", $"{ours.IsPossible}");
        if (isValid != ours.IsValid) yield return ("valid", $"{isValid}", $"{ours.IsValid}");
        if (!isValid || !ours.IsValid) yield break;
        var region = Library.GetRegionCodeForNumber(parsed);
        if ((region == "001" ? null : region) != ours.Country) yield return ("region", region, ours.Country ?? "none");
        if (TypeOf(Library.GetNumberType(parsed)) != ours.Line) yield return ("type", $"{Library.GetNumberType(parsed)}", $"{ours.Line}");
        if (Library.Format(parsed, PhoneNumberFormat.NATIONAL) is var format && format != ours.NationalFormat)
        {
            yield return ("format", format, ours.NationalFormat ?? "none");
        }
        if (Library.Format(parsed, PhoneNumberFormat.E164) is var e164 && e164 != ours.E164) yield return ("E.164", e164, ours.E164);
    }

    /// <summary>Examples of each type with their last digits, one digit and their length changed, and digits as they come.</summary>
    private static IEnumerable<string> NumbersOf(string region)
    {
        var chance = new Random(region[0] * 256 + region[1]);
        var code = $"+{Library.GetCountryCodeForRegion(region)}";
        foreach (var type in Enum.GetValues<PhoneNumberType>())
        {
            if (Library.GetExampleNumberForType(region, type) is not { } example) continue;
            var national = Library.GetNationalSignificantNumber(example);
            yield return code + national;
            yield return code + national[..^1];
            yield return code + national + "0";
            for (var i = 0; i < Samples; i++)
            {
                yield return code + national[..^Math.Min(4, national.Length - 1)] + Digits(chance, Math.Min(4, national.Length - 1));
                var at = chance.Next(national.Length);
                yield return code + national[..at] + Digits(chance, 1) + national[(at + 1)..];
            }
        }
        for (var i = 0; i < AnyDigits; i++) yield return code + Digits(chance, chance.Next(4, 13));
    }

    private static string Digits(Random chance, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + chance.Next(10))));

    private static bool TryRead(string number, out PhoneNumber parsed)
    {
        try
        {
            parsed = Library.Parse(number, null);
            return true;
        }
        catch (NumberParseException)
        {
            parsed = new PhoneNumber();
            return false;
        }
    }

    private static LineType TypeOf(PhoneNumberType type) => type switch
    {
        PhoneNumberType.FIXED_LINE => LineType.FixedLine,
        PhoneNumberType.MOBILE => LineType.Mobile,
        PhoneNumberType.FIXED_LINE_OR_MOBILE => LineType.FixedLineOrMobile,
        PhoneNumberType.TOLL_FREE => LineType.TollFree,
        PhoneNumberType.PREMIUM_RATE => LineType.PremiumRate,
        PhoneNumberType.SHARED_COST => LineType.SharedCost,
        PhoneNumberType.VOIP => LineType.Voip,
        PhoneNumberType.PERSONAL_NUMBER => LineType.PersonalNumber,
        PhoneNumberType.PAGER => LineType.Pager,
        PhoneNumberType.UAN => LineType.Uan,
        PhoneNumberType.VOICEMAIL => LineType.Voicemail,
        _ => LineType.Unknown,
    };
}
