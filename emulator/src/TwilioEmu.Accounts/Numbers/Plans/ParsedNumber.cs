namespace TwilioEmu.Accounts.Numbers.Plans;

/// <summary>What the numbering plans say of a number.</summary>
/// <param name="E164"><c>+14157012311</c>; what was given, when no country can be told.</param>
/// <param name="Country">ISO 3166-1 code, or null. Of a number that is not valid: the calling code's main country.</param>
/// <param name="CallingCode">Without plus, or null.</param>
/// <param name="NationalFormat"><c>(415) 701-2311</c>, or null when no country can be told.</param>
/// <param name="IsPossible">True when the length is one the country has.</param>
/// <param name="IsValid">True when a range of the country's plan holds it; nobody need be at the other end.</param>
/// <param name="Line">What it serves.</param>
/// <param name="Problem">Why it is not valid; null when it is.</param>
public sealed record ParsedNumber(
    string E164, string? Country, string? CallingCode, string? NationalFormat, bool IsPossible, bool IsValid, LineType Line,
    NumberProblem? Problem);

/// <summary>A country with a numbering plan.</summary>
/// <param name="IsoCode">ISO 3166-1, two letters.</param>
/// <param name="Name">English.</param>
/// <param name="CallingCode">Without plus.</param>
public sealed record PlanCountry(string IsoCode, string Name, string CallingCode);
