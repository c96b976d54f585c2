using System.Text.Json;

namespace TwilioEmu.Products.Lookup;

/// <summary>How well what was said of somebody fits what is known.</summary>
/// <remarks>
/// Pure. twilio.com/docs/lookup/v2-api/identity-match: the words; how near is a high partial match,
/// and how the summary is reckoned (the mean of what was given and is known: 100, 80, 0), is inferred.
/// </remarks>
internal static class IdentityMatch
{
    private static readonly (string Member, string[] Names)[] Matches =
    [
        ("first_name_match", ["first_name"]),
        ("last_name_match", ["last_name"]),
        ("address_lines_match", ["address_line1", "address_line2"]),
        ("city_match", ["city"]),
        ("state_match", ["state"]),
        ("postal_code_match", ["postal_code"]),
        ("address_country_match", ["address_country_code"]),
        ("national_id_match", ["national_id"]),
        ("date_of_birth_match", ["date_of_birth"]),
    ];

    public static void Write(
        Utf8JsonWriter json, IReadOnlyDictionary<string, string> said, IReadOnlyDictionary<string, string> known, bool isCovered)
    {
        var scores = new List<int>();
        foreach (var (member, names) in Matches)
        {
            var word = isCovered ? Judge(Join(said, names), Join(known, names)) : null;
            json.WriteString(member, word);
            if (word is not (null or "no_data_available"))
            {
                scores.Add(word switch { "exact_match" => 100, "high_partial_match" => 80, _ => 0 });
            }
        }
        if (scores.Count == 0) json.WriteNull("summary_score");
        else json.WriteNumber("summary_score", (int)scores.Average());
        json.WriteNull("error_message");
    }

    private static string? Judge(string said, string known)
    {
        if (said.Length == 0) return null;
        if (known.Length == 0) return "no_data_available";
        if (said == known) return "exact_match";
        return said.StartsWith(known, StringComparison.Ordinal) || known.StartsWith(said, StringComparison.Ordinal)
            ? "high_partial_match"
            : "no_match";
    }

    private static string Join(IReadOnlyDictionary<string, string> identity, string[] names) =>
        string.Join(' ', names.Select(n => identity.GetValueOrDefault(n, "").Trim()).Where(v => v.Length > 0)).ToUpperInvariant();
}
