using System.Collections.Immutable;

namespace TwilioEmu.Twiml.Reading;

/// <summary>A piece of a TwiML document: an element, or text between elements.</summary>
/// <param name="Line">1-based, in the body as the app sent it.</param>
/// <param name="Column">1-based.</param>
public abstract record TwimlNode(int Line, int Column);

/// <summary>Text between tags, entities resolved, white space as written.</summary>
public sealed record TwimlText(string Text, int Line, int Column) : TwimlNode(Line, Column);

/// <summary>One attribute as written; the name keeps its prefix (<c>xml:lang</c>).</summary>
public sealed record TwimlAttribute(string Name, string Value, int Line, int Column);

/// <summary>An element with its attributes and its mixed content, both in document order.</summary>
/// <remarks>Names are case-sensitive (twilio.com/docs/voice/twiml). Comments and processing instructions are gone.</remarks>
public sealed record TwimlElement(
    string Name, ImmutableArray<TwimlAttribute> Attributes, ImmutableArray<TwimlNode> Children, int Line, int Column) : TwimlNode(Line,
    Column)
{
    /// <summary>Child elements, without the text between them.</summary>
    public IEnumerable<TwimlElement> Elements => Children.OfType<TwimlElement>();

    /// <summary>The text directly inside, trimmed: a URL, a number, words. Text of child elements is not in it.</summary>
    public string Text => string.Concat(Children.OfType<TwimlText>().Select(t => t.Text)).Trim();

    /// <summary>The value of an attribute, or null when it is absent; an empty value is a value.</summary>
    public string? this[string attribute]
    {
        get
        {
            foreach (var a in Attributes) if (a.Name == attribute) return a.Value;
            return null;
        }
    }
}
