using System.Collections.Immutable;
using System.Text;
using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>What a messaging document says to do, in order.</summary>
internal abstract record ReplyVerb
{
    /// <summary><c>&lt;Message&gt;</c> (or its elder name <c>&lt;Sms&gt;</c>).</summary>
    public sealed record Message(
        string Body, ImmutableArray<string> MediaUrls, string? To, string? From, string? Action, string Method, string? StatusCallback,
        int Line, int Column) : ReplyVerb;

    /// <summary><c>&lt;Redirect&gt;</c>; an empty URL is the current document's.</summary>
    public sealed record Redirect(string Url, string Method) : ReplyVerb;

    private ReplyVerb() { }
}

/// <summary>Reads the verbs of a messaging document. Pure.</summary>
/// <remarks>
/// twilio.com/docs/messaging/twiml; names are case-sensitive. What the schema does not know is a 12200 warning and passed over.
/// </remarks>
internal static class ReplyDocument
{
    /// <summary>14109: at most ten messages to a response.</summary>
    public const int MaxMessages = 10;

    private static readonly HashSet<string> MessageAttributes = ["to", "from", "action", "method", "statusCallback"];
    private static readonly HashSet<string> RedirectAttributes = ["method"];

    public static (ImmutableArray<ReplyVerb> Verbs, ImmutableArray<TwimlWarning> Warnings) Read(TwimlElement root)
    {
        var verbs = ImmutableArray.CreateBuilder<ReplyVerb>();
        var warnings = ImmutableArray.CreateBuilder<TwimlWarning>();
        var messageCount = 0;
        foreach (var node in root.Children)
        {
            if (node is TwimlText text)
            {
                if (!string.IsNullOrWhiteSpace(text.Text)) warnings.Add(TwimlWarning.StrayText(text, "Response"));
                continue;
            }
            var element = (TwimlElement)node;
            switch (element.Name)
            {
                case "Message" or "Sms" when ++messageCount > MaxMessages:
                    warnings.Add(new TwimlWarning(
                        14109, $"more than {MaxMessages} messages in one response; the rest is passed over", element.Line, element.Column));
                    break;
                case "Message" or "Sms":
                    verbs.Add(ReadMessage(element, warnings));
                    break;
                case "Redirect":
                    warnings.AddRange(TwimlWarning.UnknownAttributes(element, RedirectAttributes));
                    verbs.Add(new ReplyVerb.Redirect(element.Text, ReadMethod(element, warnings)));
                    break;
                default:
                    // Voice verbs as well: 14110 is in the dictionary, and no live line of it
                    // was ever seen (bmlt-enabled/yap#9, #217, #754).
                    warnings.Add(new TwimlWarning(
                        12200,
                        $"cvc-complex-type.2.4.a: Invalid content was found starting with element '{element.Name}'. One of '{{Sms, "
                            + $"Message, Redirect}}' is expected.",
                        element.Line,
                        element.Column));
                    break;
            }
        }
        return (verbs.ToImmutable(), warnings.ToImmutable());
    }

    private static ReplyVerb.Message ReadMessage(TwimlElement element, ImmutableArray<TwimlWarning>.Builder warnings)
    {
        warnings.AddRange(TwimlWarning.UnknownAttributes(element, MessageAttributes));
        // Text inside the element and its bodies add up; only the ends of the whole are trimmed, as the indentation of a template is.
        var body = new StringBuilder(RawText(element));
        var media = ImmutableArray.CreateBuilder<string>();
        foreach (var child in element.Elements)
        {
            if (child.Name == "Body") body.Append(RawText(child));
            else if (child.Name == "Media") media.Add(child.Text);
            else warnings.Add(TwimlWarning.UnknownElement(child, element.Name));
        }
        return new ReplyVerb.Message(
            body.ToString().Trim(), media.ToImmutable(), element["to"], element["from"], element["action"], ReadMethod(element, warnings),
            element["statusCallback"], element.Line, element.Column);
    }

    private static string RawText(TwimlElement element) => string.Concat(element.Children.OfType<TwimlText>().Select(t => t.Text));

    private static string ReadMethod(TwimlElement element, ImmutableArray<TwimlWarning>.Builder warnings)
    {
        switch (element["method"]?.ToUpperInvariant())
        {
            case null or "" or "POST": return "POST";
            case "GET": return "GET";
            default:
                warnings.Add(TwimlWarning.BadValue(14104, element, "method", "GET or POST; POST is used"));
                return "POST";
        }
    }
}
