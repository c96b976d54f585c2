using System.Text.RegularExpressions;

namespace TwilioEmu.Accounts.Numbers.Plans;

/// <summary>One country's numbering plan: lengths, ranges by type, how numbers are written at home. Immutable.</summary>
/// <remarks>Patterns are compiled when first asked for; the rules are those of Google's libphonenumber, whose facts these are.</remarks>
internal sealed class CountryPlan
{
    private readonly Lazy<Regex> _general;
    private readonly Lazy<Regex?> _strip;
    private readonly Lazy<Regex?> _leading;
    private readonly Lazy<Regex?> _abroad;
    private readonly string? _leadingPattern;

    public CountryPlan(PlanCountry country, string general, string? strip, string? leading, string? abroad)
    {
        Country = country;
        _leadingPattern = leading;
        _general = new(() => Whole(general));
        _strip = new(() => strip is null ? null : Start(strip));
        _leading = new(() => leading is null ? null : Start(leading));
        _abroad = new(() => abroad is null ? null : Start(abroad));
    }

    public PlanCountry Country { get; }

    public required bool IsMain { get; init; }

    public required IReadOnlyList<int> Lengths { get; init; }

    public required IReadOnlyList<LineRange> Ranges { get; init; }

    public required IReadOnlyList<NationalFormat> Formats { get; init; }

    /// <summary>What to put for a stripped prefix that captured something, <c>9$1</c>; null for nothing.</summary>
    public string? Transform { get; init; }

    /// <summary>What the numbers of some types begin with, in order.</summary>
    public IEnumerable<string> PrefixesOf(IReadOnlyList<LineType> types) =>
        Ranges.Where(r => types.Contains(r.Type) && !r.IsSame)
            .SelectMany(r => RangePrefixes.Of(r.Pattern)).Distinct()
            .Order(StringComparer.Ordinal);

    /// <summary>What only numbers of this country of a shared calling code begin with; empty where nothing tells.</summary>
    public IReadOnlyList<string> LeadingDigits => _leadingPattern is null ? [] : RangePrefixes.Of(_leadingPattern);

    /// <summary>True for numbers only this country of a shared calling code has.</summary>
    public bool? Leads(string national) => _leading.Value?.IsMatch(national);

    /// <summary>How many digits of a number written at home dial abroad; 0 for a number at home.</summary>
    public int AbroadPrefixLength(string digits) => _abroad.Value?.Match(digits) is { Success: true } match ? match.Length : 0;

    /// <summary>What a number of this plan serves; <see cref="LineType.Unknown"/> for none of its numbers.</summary>
    public LineType TypeOf(string national)
    {
        if (!_general.Value.IsMatch(national)) return LineType.Unknown;
        if (Ranges.Any(r => r.Type == LineType.FixedLine && r.Holds(national, this)))
        {
            return Ranges.Any(r => r.Type == LineType.Mobile && (r.IsSame || r.Holds(national, this)))
                ? LineType.FixedLineOrMobile
                : LineType.FixedLine;
        }
        foreach (var range in Ranges) if (range.Holds(national, this)) return range.Type;
        return LineType.Unknown;
    }

    /// <summary>The length's verdict, or null for a possible one.</summary>
    public NumberProblem? ProblemOfLength(int length)
    {
        if (length < Lengths[0]) return NumberProblem.TooShort;
        if (length > Lengths[^1]) return NumberProblem.TooLong;
        return Lengths.Contains(length) ? null : NumberProblem.InvalidLength;
    }

    /// <summary>The number without the trunk prefix people dial at home: <c>0</c>20 in Britain, <c>1</c> 415 in North America.</summary>
    public string WithoutTrunkPrefix(string digits)
    {
        if (_strip.Value?.Match(digits) is not { Success: true, Length: > 0 } match) return digits;
        var lastGroup = match.Groups.Count - 1;
        var stripped = Transform is not null && lastGroup > 0 && match.Groups[lastGroup].Success
            ? match.Result(Transform) + digits[match.Length..]
            : digits[match.Length..];
        // What is a number as it stands keeps its digits, and so does what would have no length of the country's.
        if (_general.Value.IsMatch(digits) && !_general.Value.IsMatch(stripped)) return digits;
        return ProblemOfLength(stripped.Length) is NumberProblem.TooShort or NumberProblem.InvalidLength ? digits : stripped;
    }

    public static Regex Whole(string pattern) => new($"^(?:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    // Groups count here: the transform refers to them.
    private static Regex Start(string pattern) => new($"^(?:{pattern})", RegexOptions.CultureInvariant);
}

/// <summary>The numbers of one type in a country.</summary>
internal sealed class LineRange(LineType type, string pattern, IReadOnlyList<int>? lengths)
{
    private readonly Lazy<Regex> _pattern = new(() => CountryPlan.Whole(pattern));

    public LineType Type => type;

    /// <summary>As in the plan's data.</summary>
    public string Pattern => pattern;

    /// <summary>True when it repeats the fixed lines' range.</summary>
    public bool IsSame => pattern.Length == 0;

    public bool Holds(string national, CountryPlan plan) =>
        !IsSame && (lengths ?? plan.Lengths).Contains(national.Length) && _pattern.Value.IsMatch(national);
}

/// <summary>How numbers of a shape are written: groups, and the trunk prefix that goes before the first.</summary>
internal sealed class NationalFormat(string pattern, string format, string leading, string? rule)
{
    private readonly Lazy<(Regex Pattern, Regex Leading)> _compiled = new(() =>
        (new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant), new Regex($"^(?:{leading})", RegexOptions.CultureInvariant)));

    private readonly string _written = rule is null ? format : Prefixed(format, rule);

    public string? Write(string national)
    {
        var (whole, start) = _compiled.Value;
        return start.IsMatch(national) && whole.Match(national) is { Success: true } match ? match.Result(_written) : null;
    }

    /// <summary>
    /// The rule in the place of the format's first group, which it calls $1 whatever its number: "0$1" makes "$2 15-$3" "0$2 15-$3".
    /// </summary>
    private static string Prefixed(string format, string rule)
    {
        var at = format.IndexOf('$', StringComparison.Ordinal);
        return format[..at] + rule.Replace("$1", format.Substring(at, 2), StringComparison.Ordinal) + format[(at + 2)..];
    }
}
