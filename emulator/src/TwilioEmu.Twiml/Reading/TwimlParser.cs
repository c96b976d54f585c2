using System.Collections.Immutable;
using System.Xml;

namespace TwilioEmu.Twiml.Reading;

/// <summary>Parses TwiML text to an immutable tree, every node with its place.</summary>
/// <remarks>
/// XML allows nothing before its declaration (w3.org/TR/xml, production 22), and the live service refuses what comes there: blanks, a
/// second declaration, words. Without a declaration leading blanks are fine; a byte order mark always is. A DTD is refused whatever it
/// says, so no entity can grow.
/// </remarks>
public static class TwimlParser
{
    /// <summary>TwiML nests four deep at most; beyond this a document is no TwiML but an attack (inferred).</summary>
    private const int MaxDepth = 64;

    // The two API versions there ever were (12101).
    private static readonly string[] Versions = ["2010-04-01", "2008-08-01"];

    [ThreadStatic]
    private static ReadingMemo? _lately;

    public static TwimlReading Parse(string text) => (_lately ??= new ReadingMemo()).Find(text, Read);

    private static TwimlReading Read(string text)
    {
        var start = 0;
        while (start < text.Length && (char.IsWhiteSpace(text[start]) || text[start] == '\uFEFF')) start++;
        var skipped = text.AsSpan(0, start);
        var lines = skipped.Count('\n');
        var columns = start - (skipped.LastIndexOf('\n') + 1);
        var trimmed = text[start..];
        if (trimmed.Length == 0) return new TwimlReading.Faulty(12100, "the document is blank", lines + 1, 1);
        if (HtmlPage.Find(trimmed) is { } page) return new TwimlReading.Faulty(page.Code, page.Message, lines + 1, columns + 1);
        if (!trimmed.Contains('<'))
        {
            const string Told =
                "Content is not allowed in prolog: the document is words without markup; words alone are answered as text/plain";
            return new TwimlReading.Faulty(12100, Told, lines + 1, columns + 1) { IsWordsAlone = true };
        }
        if (IsDeclaration(trimmed) && text.AsSpan(0, start).ContainsAnyExcept('\uFEFF'))
        {
            return new TwimlReading.Faulty(
                12100, "blanks stand before the XML declaration: <?xml must be the very first of the document, or be left out", lines + 1,
                columns + 1);
        }
        if (Prolog.FindDocumentType(trimmed) is { } typed)
        {
            var before = trimmed.AsSpan(0, typed);
            var column = typed - before.LastIndexOf('\n') + (before.Contains('\n') ? 0 : columns);
            return new TwimlReading.Faulty(
                12100, "the document does not parse: a document type declaration (<!DOCTYPE>) is not taken", lines + 1 + before.Count('\n'),
                column);
        }
        try
        {
            var root = ReadRoot(trimmed, (line, column) => (line + lines, line == 1 ? column + columns : column));
            return Judge(root);
        }
        catch (XmlException fault)
        {
            var line = fault.LineNumber + lines;
            var column = fault.LinePosition + (fault.LineNumber == 1 ? columns : 0);
            return new TwimlReading.Faulty(12100, $"the document does not parse: {fault.Message}{CureOf(fault.Message)}", line, column);
        }
    }

    /// <summary>What mends a text that was not escaped, which is most of what does not parse.</summary>
    private static string CureOf(string message) =>
        // A name behind the & that no ; ends is a parameter of a URL: &y=2.
        message.Contains("EntityName", StringComparison.Ordinal) || message.Contains("token is ';'", StringComparison.Ordinal)
            ? " (an & in a text is written &amp;)"
        : message.Contains("Name cannot begin with", StringComparison.Ordinal) ? " (a < in a text is written &lt;)"
        : "";

    private static bool IsDeclaration(string text) =>
        text.StartsWith("<?xml", StringComparison.Ordinal) && text.Length > 5 && char.IsWhiteSpace(text[5]);

    private static TwimlReading Judge(TwimlElement root)
    {
        if (root.Name != "Response")
        {
            return new TwimlReading.Faulty(12102, $"the root element is <{root.Name}>, not <Response>", root.Line, root.Column);
        }
        if (root["version"] is { } version && !Versions.Contains(version))
        {
            return new TwimlReading.Faulty(12101, $"version \"{version}\" of <Response> is not known", root.Line, root.Column);
        }
        return new TwimlReading.Document(root);
    }

    private static TwimlElement ReadRoot(string text, Func<int, int, (int Line, int Column)> place)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            // A second root is an error, text after the root too.
            ConformanceLevel = ConformanceLevel.Document,
        };
        using var xml = XmlReader.Create(new StringReader(text), settings);
        var at = (IXmlLineInfo)xml;
        var open = new Stack<Opened>();
        TwimlElement? root = null;
        while (xml.Read())
        {
            var (line, column) = place(at.LineNumber, at.LinePosition);
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    if (open.Count == MaxDepth)
                    {
                        throw new XmlException($"elements nest more than {MaxDepth} deep", null, at.LineNumber, at.LinePosition);
                    }
                    var isEmpty = xml.IsEmptyElement;
                    open.Push(new Opened(xml.Name, ReadAttributes(xml, place), [], line, column));
                    if (isEmpty) root = Close(open);
                    break;
                case XmlNodeType.EndElement:
                    root = Close(open);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace
                    or XmlNodeType.SignificantWhitespace when open.Count > 0:
                    open.Peek().Children.Add(new TwimlText(xml.Value, line, column));
                    break;
            }
        }
        return root!;
    }

    private static ImmutableArray<TwimlAttribute> ReadAttributes(XmlReader xml, Func<int, int, (int Line, int Column)> place)
    {
        var attributes = ImmutableArray.CreateBuilder<TwimlAttribute>(xml.AttributeCount);
        while (xml.MoveToNextAttribute())
        {
            if (xml.Prefix == "xmlns" || xml.Name == "xmlns") continue;
            var (line, column) = place(((IXmlLineInfo)xml).LineNumber, ((IXmlLineInfo)xml).LinePosition);
            attributes.Add(new TwimlAttribute(xml.Name, xml.Value, line, column));
        }
        xml.MoveToElement();
        return attributes.ToImmutable();
    }

    private static TwimlElement Close(Stack<Opened> open)
    {
        var done = open.Pop();
        var element = new TwimlElement(done.Name, done.Attributes, [.. done.Children], done.Line, done.Column);
        if (open.Count > 0) open.Peek().Children.Add(element);
        return element;
    }

    /// <summary>An element whose end tag has not come yet.</summary>
    private sealed record Opened(string Name, ImmutableArray<TwimlAttribute> Attributes, List<TwimlNode> Children, int Line, int Column);
}
