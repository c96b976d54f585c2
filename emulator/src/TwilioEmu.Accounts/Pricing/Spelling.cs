using System.Globalization;
using System.Text.Json;

namespace TwilioEmu.Accounts.Pricing;

/// <summary>Members that all prices share.</summary>
internal static class Spelling
{
    /// <summary><c>base_price</c> and <c>current_price</c>; nobody here has a discount, so they are the same.</summary>
    /// <remarks>Null where there is no price.</remarks>
    public static void WritePrices(Utf8JsonWriter json, decimal? price)
    {
        var text = price?.ToString("0.00####", CultureInfo.InvariantCulture);
        json.WriteString("base_price", text);
        json.WriteString("current_price", text);
    }

    public static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items) json.WriteStringValue(item);
        json.WriteEndArray();
    }
}
