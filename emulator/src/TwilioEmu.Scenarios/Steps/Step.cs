using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Steps;

/// <summary>One thing that is done, or must be seen, in a story.</summary>
public abstract record Step
{
    /// <summary>A phone sends a text, or its owner does something on a channel instead of writing.</summary>
    public sealed record Texts(string From, string To, string Body, IReadOnlyList<string> MediaUrls, TextDeed? Deed = null) : Step;

    /// <summary>A phone dials; its owner follows the script (null: the one the phone has), or is led by later steps.</summary>
    public sealed record Dials(
        string From, string To, IReadOnlyList<ScriptStep>? Script, IReadOnlyList<KeyValuePair<string, string>>? Parameters = null,
        CarrierMarks? Marks = null) : Step;

    /// <summary>The owner of a phone that is in a call, or ringing, does something.</summary>
    public sealed record Acts(string Number, ScriptStep Act) : Step;

    /// <summary>A phone behaves otherwise from now on.</summary>
    public sealed record Behaves(string Number, HandsetBehaviour Behaviour) : Step;

    /// <summary>A phone's owner hears words in the call of the moment.</summary>
    public sealed record Hears(string Number, TextPattern Words, TimeSpan Within) : Step;

    /// <summary>The journal must hold entries like these, now or in a while.</summary>
    /// <param name="Match">Which entries.</param>
    /// <param name="Count">How many.</param>
    /// <param name="Within">How long to wait, in world time.</param>
    /// <param name="Spaced">The time between each and the next, or null.</param>
    /// <param name="Each">What the i-th must be like, <c>${i}</c> put in; or null.</param>
    /// <param name="IsOfAll">True to look from the story's start, not from the last deeds.</param>
    public sealed record Expects(
        JournalMatch Match, EntryCount Count, TimeSpan Within, TimeSpan? Spaced, Node.Mapping? Each, bool IsOfAll) : Step;

    /// <summary>A gateway that the story plays does something.</summary>
    /// <param name="Name">Its system_id.</param>
    /// <param name="Act">What.</param>
    /// <param name="Status">How that must be answered; null where it is not.</param>
    public sealed record Gateway(string Name, GatewayAct Act, string? Status) : Step;

    /// <summary>The call a phone is in, or was in last, must come to its end.</summary>
    public sealed record CallEnds(string Number, TimeSpan Within) : Step;

    /// <summary>Steps that are done side by side; it is done when all are.</summary>
    public sealed record Together(IReadOnlyList<Step> Steps) : Step;

    /// <summary>A program asks Twilio's REST API.</summary>
    /// <param name="Method">GET, POST or DELETE.</param>
    /// <param name="Path">From the root, or relative to the account: <c>Messages</c>.</param>
    /// <param name="As">SID or friendly name of the account that asks; null for the first.</param>
    /// <param name="Form">In the order they are sent; names may repeat. The query of a GET.</param>
    /// <param name="Status">What must be answered; null for any 2xx.</param>
    /// <param name="Body">What the answer's JSON must be like, or null.</param>
    /// <param name="Within">How long it is asked again, once a second, until it is answered so; zero for once.</param>
    public sealed record Asks(
        string Method, string Path, string? As, IReadOnlyList<KeyValuePair<string, string>> Form, int? Status, ValueMatch? Body,
        TimeSpan Within) : Step;

    /// <summary>Time passes.</summary>
    public sealed record Advances(TimeSpan By) : Step;

    private Step() { }

    /// <summary>How and where it is written.</summary>
    public Wording Wording { get; init; } = new(default, "", new Node.Mapping(default, []), "");

    /// <summary>How often it is done, <c>${i}</c> counting from 1.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>A list, or the value that holds one: done for each of its items, <c>${item}</c> and <c>${i}</c> put in; or null.</summary>
    public Node? ForEach { get; init; }

    /// <summary>The name its result is kept under, or null.</summary>
    public string? Save { get; init; }

    /// <summary>
    /// True for a deed, false for a claim or the passing of time. Claims look at the journal from the first of the deeds before
    /// them, so claims that stand together may be met in any order, and a claim after a new deed is not met by old entries.
    /// </summary>
    public bool IsDeed =>
        this is Texts or Dials or Acts or Behaves or Gateway or Asks { Method: not "GET" }
            || (this is Together(var steps) && steps.Any(s => s.IsDeed));
}

/// <summary>How a step is written.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="Summary">In few words, as reports show it.</param>
/// <param name="Source">As written; read again with values put in when it runs.</param>
/// <param name="Path">Its path in the document.</param>
public sealed record Wording(SourcePosition Position, string Summary, Node.Mapping Source, string Path);
