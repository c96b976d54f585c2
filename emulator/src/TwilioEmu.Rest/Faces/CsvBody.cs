using System.Text;
using System.Text.Json;
using TwilioEmu.Rest.Catalog;
using ValueType = TwilioEmu.Rest.Catalog.ValueType;

namespace TwilioEmu.Rest.Faces;

/// <summary>
/// An answer of 2010-04-01 as comma-separated values, from the same answer in JSON (twilio.com/docs/usage/twilios-response).
/// </summary>
/// <remarks>
/// RFC 4180: a header line, a line for each item, CRLF. A column for each property that is one value, named as in XML; objects and
/// arrays have no column, null is empty, and the page is the one the same path in JSON would show (all inferred).
/// </remarks>
internal static class CsvBody
{
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json, Operation operation, bool isList)
    {
        using var document = JsonDocument.Parse(json);
        var columns = operation.Shape!.Properties
            .Where(p => p.Facts is { IsArray: false, Type: not (ValueType.Object or ValueType.Any) }).ToList();
        var text = new StringBuilder();
        text.AppendJoin(',', columns.Select(c => XmlNames.OfProperty(c.Name))).Append("\r\n");
        if (isList) foreach (var row in document.RootElement.GetProperty(operation.ListKey!).EnumerateArray()) Append(text, row, columns);
        else Append(text, document.RootElement, columns);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Append(StringBuilder text, JsonElement row, List<Property> columns) =>
        text.AppendJoin(',', columns.Select(c => Field(row, c.Name))).Append("\r\n");

    private static string Field(JsonElement row, string property)
    {
        if (!row.TryGetProperty(property, out var value)) return "";
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => "",
        };
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
