namespace TwilioEmu.Twiml.Reading;

/// <summary>Something a document says that is passed over: the call or reply goes on, the app's debugger hears of it.</summary>
/// <param name="Code">12200 for what the schema does not know, else the code of the attribute (twilio.com/docs/api/errors).</param>
public sealed record TwimlWarning(int Code, string Message, int Line, int Column)
{
    // A document of 64 kB has room for ten thousand; nobody reads more, and the journal has other things to keep.
    private const int MostTold = 50;
    private const int MostShown = 100;

    /// <summary>The message with its place, as the app's debugger tells it.</summary>
    public string Told => Message + TwimlPlace.Of(Line, Column);

    /// <summary>An element that may not stand where it stands, misspelt ones included.</summary>
    public static TwimlWarning UnknownElement(TwimlElement element, string parent) =>
        new(12200, $"element <{Short(element.Name)}> is not allowed in <{parent}>; it is passed over", element.Line, element.Column);

    /// <summary>An attribute the element does not have.</summary>
    public static TwimlWarning UnknownAttribute(TwimlElement element, TwimlAttribute attribute) =>
        new(
            12200, $"attribute '{Short(attribute.Name)}' is not allowed in <{element.Name}>; it is passed over", attribute.Line,
            attribute.Column);

    /// <summary>Text where only elements may stand.</summary>
    public static TwimlWarning StrayText(TwimlText text, string parent) =>
        new(12200, $"text is not allowed in <{parent}>; it is passed over", text.Line, text.Column);

    /// <summary>An attribute whose value is not one of its values; its default is used.</summary>
    public static TwimlWarning BadValue(int code, TwimlElement element, string attribute, string wanted)
    {
        var at = element.Attributes.FirstOrDefault(a => a.Name == attribute);
        return new(
            code, $"<{element.Name}> {attribute}=\"{Short(at?.Value ?? "")}\" is not valid: {wanted}", at?.Line ?? element.Line,
            at?.Column ?? element.Column);
    }

    /// <summary>What is told of a document's warnings: the first of them, and how many more there are.</summary>
    public static IEnumerable<TwimlWarning> ToTell(IReadOnlyList<TwimlWarning> warnings)
    {
        var told = warnings.Take(MostTold);
        return warnings.Count <= MostTold
            ? told
            : told.Append(
                warnings[MostTold] with { Message = $"{warnings.Count - MostTold} more of the document are not told one by one" });
    }

    /// <summary>Warnings for every attribute of an element that is not among those it may have.</summary>
    public static IEnumerable<TwimlWarning> UnknownAttributes(TwimlElement element, IReadOnlySet<string> known) =>
        element.Attributes.Where(a => !known.Contains(a.Name)).Select(a => UnknownAttribute(element, a));

    private static string Short(string text) => text.Length <= MostShown ? text : text[..MostShown] + "...";
}
