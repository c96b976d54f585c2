using System.Globalization;
using System.Text;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Faces;
using ValueType = TwilioEmu.Rest.Catalog.ValueType;

namespace TwilioEmu.Rest.Resources;

/// <summary>Shows a document through a shape.</summary>
internal sealed class DocumentFace(Document document, Shape shape, bool isClassic) : IFace
{
    private const string ClassicVersion = "/2010-04-01/";

    public void WriteProperty(string property, FaceWriter to)
    {
        if (shape.Find(property) is not { } known) return;
        if (known.Facts.Format == "uri-map" || property is "links" or "subresource_uris")
        {
            WriteLinks(to);
            return;
        }
        if (document[property] is { } value) Write(known, value, to);
        else if (!known.Facts.IsNullable) Blank.Write(known, document.Key, Created(), to);
    }

    private void Write(Property known, string value, FaceWriter to)
    {
        var facts = known.Facts;
        if (facts.IsArray || facts.Type is ValueType.Object or ValueType.Any)
        {
            // Documents hold JSON text here; nothing else is put in.
            to.Json.WriteRawValue(value, skipInputValidation: true);
            return;
        }
        switch (facts.Type)
        {
            case ValueType.Boolean: to.Write(value.Equals("true", StringComparison.OrdinalIgnoreCase)); break;
            case ValueType.Integer or ValueType.Number: WriteNumber(value, to); break;
            default:
                // A reference that was set to empty refers to nothing.
                if (value.Length == 0 && facts.SidPrefixes.Count > 0) return;
                if (facts.Format is "date-time" or "date-time-rfc-2822" && TwilioDates.TryParse(value, out var at, out _)) to.Write(at);
                else to.Write(!isClassic && known.Name is "uri" or "url" && value.StartsWith('/') ? to.BaseUrl + value : value);
                break;
        }
    }

    private DateTimeOffset Created() =>
        (document["date_created"] ?? document["dateCreated"] ?? document["date_updated"]) is { } text
            && TwilioDates.TryParse(text, out var at, out _)
            ? at
            : DateTimeOffset.UnixEpoch;

    private void WriteLinks(FaceWriter to)
    {
        to.Json.WriteStartObject();
        foreach (var (name, template) in shape.Links)
        {
            if (Fill(template, document, isEscaped: true) is { } path)
            {
                to.Json.WriteString(
                    name, isClassic ? path : (path.StartsWith(ClassicVersion, StringComparison.Ordinal) ? to.ApiUrl : to.BaseUrl) + path);
            }
        }
        to.Json.WriteEndObject();
    }

    /// <summary>A path with a document's properties in place of the braces; null when one has no value.</summary>
    public static string? Fill(string template, Document document, bool isEscaped)
    {
        var text = new StringBuilder(template.Length + 64);
        for (var at = 0; at < template.Length;)
        {
            var open = template.IndexOf('{', at);
            if (open < 0) return text.Append(template, at, template.Length - at).ToString();
            var close = template.IndexOf('}', open);
            if (document[template[(open + 1)..close]] is not { } value) return null;
            text.Append(template, at, open - at).Append(isEscaped ? Uri.EscapeDataString(value) : value);
            at = close + 1;
        }
        return text.ToString();
    }

    private static void WriteNumber(string value, FaceWriter to)
    {
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            to.Write(whole);
        }
        else if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            to.Json.WriteNumberValue(number);
        }
        else
        {
            to.Write(value);
        }
    }
}
