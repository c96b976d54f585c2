using System.Globalization;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Verbs.Schema;

namespace TwilioEmu.Voice.Verbs;

/// <summary>
/// Reads the attributes of one element by their rows: a bad value raises its code and the default is used; what has no row is 12200.
/// </summary>
/// <remarks>twilio.com/docs/voice/twiml. To ask for an attribute that has no row is a fault of the reader.</remarks>
/// <param name="element">The element.</param>
/// <param name="warnings">Take what is wrong.</param>
/// <param name="place">Where its rows are: its name unless told.</param>
internal sealed class Attributes(TwimlElement element, List<TwimlWarning> warnings, string? place = null)
{
    private readonly ElementRows _rows = TwimlTable.Of(place ?? element.Name);

    /// <summary>As written, unjudged; null when absent.</summary>
    public string? Text(string name) => Row(name) is not null ? element[name] : null;

    /// <summary>As written, unjudged; null when absent or empty.</summary>
    public string? Given(string name) => Text(name) is { Length: > 0 } text ? text : null;

    /// <summary>What is valid, else the default; null where there is none.</summary>
    public string? Value(string name)
    {
        var row = Row(name);
        if (element[name] is not { } text) return row.Default;
        if (row.Rule.IsValid(text)) return text;
        warnings.Add(row.Warning(element));
        return row.Default;
    }

    public bool Bool(string name) => Value(name) is "true" or "TRUE" or "True";

    /// <summary>A whole number; null where it is absent or bad and has no default.</summary>
    public int? Number(string name) => Value(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>A whole number that has a default.</summary>
    public int Whole(string name) => Number(name)!.Value;

    public TimeSpan Seconds(string name) => TimeSpan.FromSeconds(Whole(name));

    public TimeSpan Milliseconds(string name) => TimeSpan.FromMilliseconds(Whole(name));

    /// <summary><c>GET</c> or <c>POST</c>.</summary>
    public string Method(string name) => Value(name)?.ToUpperInvariant() ?? "POST";

    /// <summary>One of a few words; empty where none is said and none is the default.</summary>
    public string Word(string name) => Value(name) ?? "";

    /// <summary>Some of a few words; of wrong ones beside right ones the right ones count.</summary>
    public IReadOnlyList<string> Words(string name)
    {
        var row = Row(name);
        var rule = (AttributeRule.SomeWords)row.Rule;
        if (element[name] is { } text)
        {
            if (!rule.IsValid(text)) warnings.Add(row.Warning(element));
            if (rule.Split(text).Where(rule.Words.Contains).ToArray() is { Length: > 0 } known) return known;
        }
        return row.Default is { } usual ? rule.Split(usual) : [];
    }

    /// <summary>Of these attributes, those the document really sets: asked for and not emulated.</summary>
    public IEnumerable<string> Present(params string[] names) =>
        names.Where(name => Text(name) is { } value && value is not ("" or "false" or "do-not-record"));

    public void Warn(int code, string name, string wanted) => warnings.Add(TwimlWarning.BadValue(code, element, name, wanted));

    /// <summary>
    /// Judges the attributes that have no effect, and warns of every one that has no row, and of text where none may stand.
    /// </summary>
    public void Done()
    {
        if (!_rows.HoldsText)
        {
            var stray = element.Children.OfType<TwimlText>().Where(t => !string.IsNullOrWhiteSpace(t.Text));
            warnings.AddRange(stray.Select(t => TwimlWarning.StrayText(t, element.Name)));
        }
        foreach (var attribute in element.Attributes)
        {
            if (_rows.Find(attribute.Name) is not { } row) warnings.Add(TwimlWarning.UnknownAttribute(element, attribute));
            else if (row.IsIdle && !row.Rule.IsValid(attribute.Value)) warnings.Add(row.Warning(element));
        }
    }

    private AttributeRow Row(string name) =>
        _rows.Find(name) ?? throw new InvalidOperationException($"<{_rows.Place}> has no attribute {name}: add its row");
}
