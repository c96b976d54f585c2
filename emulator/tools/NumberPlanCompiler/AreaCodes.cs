using System.Text.Json;
using System.Text.RegularExpressions;

namespace NumberPlanCompiler;

/// <summary>The geographic area codes of the United States and Canada: those the numbering plans' fixed-line patterns accept.</summary>
internal static class AreaCodes
{
    // A code is in service when some number of it is valid; a few codes accept only certain exchanges.
    private static readonly string[] Samples = ["2345678", "9822345", "2662345", "4000123"];

    public static List<(string Code, string Country)> Of(string metadataFile)
    {
        using var metadata = JsonDocument.Parse(File.ReadAllBytes(metadataFile));
        var codes = new List<(string, string)>();
        foreach (var iso in new[] { "US", "CA" })
        {
            var pattern = metadata.RootElement.GetProperty("countries").GetProperty(iso)[11][0][0].GetString()!;
            var valid = new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant);
            for (var code = 200; code < 1000; code++)
            {
                if (Samples.Any(s => valid.IsMatch($"{code}{s}"))) codes.Add(($"{code}", iso));
            }
        }
        return codes;
    }
}
