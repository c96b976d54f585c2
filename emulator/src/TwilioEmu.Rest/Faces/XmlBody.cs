using System.Text;
using System.Text.Json;
using System.Xml;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Rest.Faces;

/// <summary>An answer of 2010-04-01 in XML, from the same answer in JSON.</summary>
/// <remarks>
/// twilio.com/docs/usage/twilios-response. Grammar: <c>TwilioResponse(resource | list | RestException)</c>; a list's paging stands
/// in attributes of its element; null is an empty element. Links lead to XML again: they have no <c>.json</c>.
/// </remarks>
internal static class XmlBody
{
    // The order live lists have them in. JSON name, attribute.
    private static readonly (string Property, string Attribute)[] Paging =
    [
        ("page", "page"), ("page_size", "pagesize"), ("start", "start"), ("end", "end"), ("uri", "uri"), ("first_page_uri", "firstpageuri"),
        ("previous_page_uri", "previouspageuri"), ("next_page_uri", "nextpageuri"),
    ];

    // Characters that no XML may hold are replaced before they get here.
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    /// <summary>A resource, or the envelope of a list.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json, Operation operation, bool isList)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return Write(xml =>
        {
            if (isList) WriteList(xml, root, operation.ListKey!);
            else WriteObject(xml, XmlNames.OfShape(operation.Shape!), root, isLinks: false);
        });
    }

    /// <summary>An error, members in the order observed.</summary>
    public static ReadOnlyMemory<byte> Of(TwilioError error) => Write(xml =>
    {
        xml.WriteStartElement("RestException");
        xml.WriteElementString("Code", XmlConvert.ToString(error.Code));
        if (error.Detail is not null) xml.WriteElementString("Detail", Clean(error.Detail));
        xml.WriteElementString("Message", Clean(error.Message));
        xml.WriteElementString("MoreInfo", error.MoreInfo);
        xml.WriteElementString("Status", XmlConvert.ToString(error.Status));
        xml.WriteEndElement();
    });

    private static ReadOnlyMemory<byte> Write(Action<XmlWriter> content)
    {
        var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            xml.WriteProcessingInstruction("xml", "version=\"1.0\" encoding=\"UTF-8\"");
            xml.WriteStartElement("TwilioResponse");
            content(xml);
            xml.WriteEndElement();
        }
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static void WriteList(XmlWriter xml, JsonElement root, string key)
    {
        var name = XmlNames.OfProperty(key);
        xml.WriteStartElement(name);
        foreach (var (property, attribute) in Paging)
        {
            if (root.TryGetProperty(property, out var value))
            {
                xml.WriteAttributeString(attribute, Clean(IsLink(property) ? WithoutExtension(Text(value)) : Text(value)));
            }
        }
        foreach (var item in root.GetProperty(key).EnumerateArray()) WriteObject(xml, XmlNames.OfItem(name), item, isLinks: false);
        xml.WriteEndElement();
    }

    private static void WriteObject(XmlWriter xml, string name, JsonElement json, bool isLinks)
    {
        xml.WriteStartElement(name);
        foreach (var member in json.EnumerateObject()) WriteValue(xml, member.Name, member.Value, isLinks);
        xml.WriteEndElement();
    }

    private static void WriteValue(XmlWriter xml, string property, JsonElement value, bool isLink)
    {
        var name = XmlNames.OfProperty(property);
        if (!IsName(name)) name = "Item";
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(xml, name, value, property == "subresource_uris");
                break;
            case JsonValueKind.Array:
                xml.WriteStartElement(name);
                foreach (var item in value.EnumerateArray()) WriteValue(xml, XmlNames.OfItem(name), item, isLink: false);
                xml.WriteEndElement();
                break;
            default:
                var text = Text(value);
                xml.WriteStartElement(name);
                if (text.Length > 0) xml.WriteString(Clean(isLink || IsLink(property) ? WithoutExtension(text) : text));
                xml.WriteEndElement();
                break;
        }
    }

    private static bool IsLink(string property) => property == "uri" || property.EndsWith("_uri", StringComparison.Ordinal);

    /// <summary><c>/…/Calls.json?PageSize=2</c> without its <c>.json</c>.</summary>
    private static string WithoutExtension(string link)
    {
        const string extension = ".json";
        var query = link.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? link : link[..query];
        return path.EndsWith(extension, StringComparison.Ordinal) && path.StartsWith('/')
            ? path[..^extension.Length] + link[path.Length..]
            : link;
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    // Keys of free-form objects (a result's payload) are whatever their maker liked.
    private static bool IsName(string name) => name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit);

    /// <summary>XML 1.0 §2.2: what is no character of XML is replaced.</summary>
    private static string Clean(string text)
    {
        if (text.All(c => XmlConvert.IsXmlChar(c))) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\uFFFD");
        }
        return clean.ToString();
    }
}
