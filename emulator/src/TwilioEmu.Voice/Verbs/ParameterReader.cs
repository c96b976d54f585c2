using System.Collections.Immutable;
using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Voice.Verbs;

/// <summary>Reads <c>&lt;Parameter name="" value=""/&gt;</c>s: what goes along with a call. Pure.</summary>
internal static class ParameterReader
{
    /// <summary>Those that have a name, in document order; 12200 for one that has none. Other elements are not judged.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> ReadAll(TwimlElement element, List<TwimlWarning> warnings)
    {
        var parameters = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (var child in element.Elements)
        {
            if (child.Name != "Parameter") continue;
            var a = new Attributes(child, warnings);
            var (name, value) = (a.Text("name"), a.Text("value"));
            a.Done();
            if (string.IsNullOrEmpty(name)) a.Warn(12200, "name", "a parameter has a name");
            else parameters.Add(new(name, value ?? ""));
        }
        return parameters.ToImmutable();
    }

    /// <summary>Warns of whatever is no parameter inside an element that holds nothing else.</summary>
    public static void NothingElse(TwimlElement element, List<TwimlWarning> warnings) =>
        warnings.AddRange(
            element.Elements.Where(child => child.Name != "Parameter").Select(child => TwimlWarning.UnknownElement(child, element.Name)));
}
