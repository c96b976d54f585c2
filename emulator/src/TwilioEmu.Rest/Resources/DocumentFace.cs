using System.Globalization;
using System.Text;
using System.Text.Json;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Faces;
using ValueType = TwilioEmu.Rest.Catalog.ValueType;

namespace TwilioEmu.Rest.Resources;

/// <summary>Shows a document through a shape.</summary>
internal sealed class DocumentFace(Document document, Shape shape, bool isClassic) : IFace
{
    public void WriteProperty(string property, FaceWriter to)
    {
        if (shape.Find(property) is not { } known) return;
        if (known.Facts.Format == "uri-map" || property is "links" or "subresource_uris")
        {
            WriteLinks(to);
            return;
        }
        if (document[property] is not { } value) return;
        if (known.Facts.IsArray)
        {
            WriteJson(value, to);
            return;
        }
        switch (known.Facts.Type)
        {
            case ValueType.Boolean: to.Write(value.Equals("true", StringComparison.OrdinalIgnoreCase)); break;
            case ValueType.Integer or ValueType.Number: WriteNumber(value, to); break;
            case ValueType.Object or ValueType.Any: WriteJson(value, to); break;
            default:
                if (known.Facts.Format is "date-time" or "date-time-rfc-2822" && TwilioDates.TryParse(value, out var at, out _)) to.Write(at);
                else to.Write(property is "uri" or "url" && !isClassic ? to.BaseUrl + value : value);
                break;
        }
    }

    private void WriteLinks(FaceWriter to)
    {
        to.Json.WriteStartObject();
        foreach (var (name, template) in shape.Links)
        {
            if (Fill(template) is { } path) to.Json.WriteString(name, isClassic ? path : to.BaseUrl + path);
        }
        to.Json.WriteEndObject();
    }

    /// <summary>A link's path with this document's properties in place of the braces; null when one has no value.</summary>
    private string? Fill(string template)
    {
        var text = new StringBuilder(template.Length + 64);
        for (var at = 0; at < template.Length;)
        {
            var open = template.IndexOf('{', at);
            if (open < 0) return text.Append(template, at, template.Length - at).ToString();
            var close = template.IndexOf('}', open);
            if (document[template[(open + 1)..close]] is not { } value) return null;
            text.Append(template, at, open - at).Append(value);
            at = close + 1;
        }
        return text.ToString();
    }

    private static void WriteNumber(string value, FaceWriter to)
    {
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) to.Write(whole);
        else if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) to.Json.WriteNumberValue(number);
        else to.Write(value);
    }

    private static void WriteJson(string value, FaceWriter to)
    {
        try
        {
            using var json = JsonDocument.Parse(value);
            json.RootElement.WriteTo(to.Json);
        }
        catch (JsonException)
        {
            // An app may put any text where the shape says object; it gets its text back.
            to.Write(value);
        }
    }
}
