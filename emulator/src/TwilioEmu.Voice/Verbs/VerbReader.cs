using System.Collections.Immutable;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Verbs.Dialling;
using TwilioEmu.Voice.Verbs.Gathering;
using TwilioEmu.Voice.Verbs.Paying;
using TwilioEmu.Voice.Verbs.Queueing;
using TwilioEmu.Voice.Verbs.Recorded;
using TwilioEmu.Voice.Verbs.Referring;
using TwilioEmu.Voice.Verbs.Starting;

namespace TwilioEmu.Voice.Verbs;

/// <summary>Turns a document's elements into verbs, and what cannot stand there into warnings.</summary>
/// <remarks>Pure. Element names are case-sensitive (twilio.com/docs/voice/twiml).</remarks>
internal static class VerbReader
{
    private static readonly Dictionary<string, Func<TwimlElement, List<TwimlWarning>, Verb?>> Readers = new(StringComparer.Ordinal)
    {
        ["Say"] = Say.Read,
        ["Play"] = Play.Read,
        ["Pause"] = Pause.Read,
        ["Gather"] = Gather.Read,
        ["Dial"] = Dial.Read,
        ["Enqueue"] = Enqueue.Read,
        ["Leave"] = Leave.Read,
        ["Redirect"] = Redirect.Read,
        ["Refer"] = Refer.Read,
        ["Hangup"] = Hangup.Read,
        ["Reject"] = Reject.Read,
        ["Record"] = Record.Read,
        ["Start"] = Start.Read,
        ["Stop"] = Stop.Read,
        ["Pay"] = Pay.Read,
        ["Sms"] = Sms.Read,
        ["Echo"] = Echo.Read,
    };

    /// <summary>Of the verbs that are run.</summary>
    public static IReadOnlyCollection<string> Names => Readers.Keys;

    /// <summary>
    /// Verbs Twilio has and the emulator does not run yet, and whether the call waits in them: parsed, and told aloud when reached.
    /// </summary>
    private static readonly Dictionary<string, bool> NotEmulated = new(StringComparer.Ordinal)
    {
        ["Connect"] = true,
    };

    public static (ImmutableArray<Verb> Verbs, IReadOnlyList<TwimlWarning> Warnings) Read(TwimlElement root)
    {
        var warnings = new List<TwimlWarning>();
        var verbs = ImmutableArray.CreateBuilder<Verb>();
        var attributes = new Attributes(root, warnings);
        attributes.Done();
        foreach (var node in root.Children)
        {
            if (node is TwimlText text)
            {
                if (!string.IsNullOrWhiteSpace(text.Text)) warnings.Add(TwimlWarning.StrayText(text, root.Name));
                continue;
            }
            var element = (TwimlElement)node;
            if (Readers.TryGetValue(element.Name, out var read))
            {
                if (read(element, warnings) is { } verb) verbs.Add(verb);
            }
            else if (NotEmulated.TryGetValue(element.Name, out var isBlocking))
            {
                verbs.Add(new NotEmulatedVerb(WithNoun(element), element.Line, isBlocking));
            }
            else warnings.Add(TwimlWarning.UnknownElement(element, root.Name));
        }
        return (verbs.ToImmutable(), warnings);
    }

    /// <summary>The verb and what it acts on: <c>&lt;Connect&gt;&lt;Stream&gt;</c>.</summary>
    private static string WithNoun(TwimlElement element) =>
        $"<{element.Name}>" + (element.Elements.FirstOrDefault() is { } noun ? $"<{noun.Name}>" : "");

    /// <summary>Warns of everything inside an element that holds only a value, or nothing.</summary>
    public static void NoElements(TwimlElement element, List<TwimlWarning> warnings) =>
        warnings.AddRange(element.Elements.Select(child => TwimlWarning.UnknownElement(child, element.Name)));
}
