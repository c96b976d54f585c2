using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads the <c>prices:</c> of a file: US dollars by country (ISO 3166) or <c>default</c>, and word.</summary>
internal static class PriceReader
{
    private const double MaxPrice = 10_000;

    private static readonly string[] Names =
    [
        "sms_out", "sms_in", "mms_out", "mms_in", "call_out", "call_in", "call_in_toll_free", "local_number", "mobile_number",
        "toll_free_number",
    ];

    public static Dictionary<string, IReadOnlyDictionary<string, decimal>> Read(Fields fields)
    {
        var prices = new Dictionary<string, IReadOnlyDictionary<string, decimal>>(StringComparer.Ordinal);
        if (fields.Mapping("prices") is not { } mapping) return prices;
        foreach (var member in mapping.Source.Members)
        {
            if (member.Key != "default" && !(member.Key.Length == 2 && member.Key.All(char.IsAsciiLetterUpper)))
            {
                var hint = Spelling.Hint(member.Key, [member.Key.Length == 2 ? member.Key.ToUpperInvariant() : "default"]);
                fields.Faults.Add(
                    member.KeyPlace, mapping.PathOf(member.Key), $"\"{member.Key}\" is neither a country such as US nor default{hint}");
            }
            if (mapping.Mapping(member.Key) is not { } country) continue;
            var own = new Dictionary<string, decimal>(StringComparer.Ordinal);
            foreach (var name in Names)
            {
                if (country.Number(name, 0, MaxPrice) is { } price) own[name] = (decimal)price;
            }
            country.End();
            prices[member.Key] = own;
        }
        return prices;
    }
}
