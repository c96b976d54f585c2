using System.Globalization;
using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Voice.Verbs;

/// <summary>Reads the attributes of one element: a bad value raises its own warning and the default is used; what was never asked for is 12200.</summary>
/// <remarks>twilio.com/docs/voice/twiml.</remarks>
internal sealed class Attributes(TwimlElement element, List<TwimlWarning> warnings)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string? Text(string name)
    {
        _known.Add(name);
        return element[name];
    }

    public bool Bool(string name, bool usual, int code)
    {
        switch (Text(name))
        {
            case null: return usual;
            case "true" or "TRUE" or "True": return true;
            case "false" or "FALSE" or "False": return false;
            default:
                Warn(code, name, "true or false");
                return usual;
        }
    }

    /// <summary>A whole number in a range; null when absent or bad.</summary>
    public int? Number(string name, int min, int max, int code)
    {
        if (Text(name) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
        Warn(code, name, max == int.MaxValue ? $"a whole number from {min}" : $"a whole number from {min} to {max}");
        return null;
    }

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string Method(string name, int code)
    {
        switch (Text(name)?.ToUpperInvariant())
        {
            case null: return "POST";
            case "GET": return "GET";
            case "POST": return "POST";
            default:
                Warn(code, name, "GET or POST");
                return "POST";
        }
    }

    /// <summary>One of a few words.</summary>
    public string Word(string name, string usual, int code, params ReadOnlySpan<string> words)
    {
        if (Text(name) is not { } text) return usual;
        if (words.Contains(text)) return text;
        Warn(code, name, $"one of {string.Join(", ", words!)}");
        return usual;
    }

    /// <summary>A value that only a rule of its own can judge.</summary>
    public string? Judged(string name, int code, Func<string, bool> isValid, string wanted)
    {
        if (Text(name) is not { } text) return null;
        if (isValid(text)) return text;
        Warn(code, name, wanted);
        return null;
    }

    /// <summary>Attributes that are known and say nothing here.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names) _known.Add(name);
    }

    /// <summary>Of these attributes, those the document really sets: asked for and not emulated.</summary>
    public IEnumerable<string> Present(params string[] names)
    {
        foreach (var name in names) _known.Add(name);
        return names.Where(name => element[name] is { } value && value is not ("" or "false" or "do-not-record"));
    }

    public void Warn(int code, string name, string wanted) => warnings.Add(TwimlWarning.BadValue(code, element, name, wanted));

    /// <summary>Warns of every attribute nobody asked for.</summary>
    public void Done() => warnings.AddRange(TwimlWarning.UnknownAttributes(element, _known));
}
