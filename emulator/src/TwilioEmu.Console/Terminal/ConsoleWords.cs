using System.Globalization;
using TwilioEmu.Console.Pages;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Scenarios.Matching;

namespace TwilioEmu.Console.Terminal;

/// <summary>Puts entries of the journal into words: a short line for each that a developer looks for.</summary>
/// <remarks>
/// Fed in order by one reader. A request waits for what came of it, so that both are one line; <see cref="Flush"/> tells one of which
/// nothing came. An alert that repeats what the line of its webhook said is
/// left out, and what is not emulated is told by its alert where it has one.
/// </remarks>
/// <param name="statusOf">The HTTP status of an operation's success, by its
/// name and the path that was asked; null for one nobody knows.</param>
internal sealed class ConsoleWords(Func<string, string, int?> statusOf)
{
    /// <summary>Webhooks under way whose request is remembered.</summary>
    private const int MaxUnderway = 4_096;

    // Numbers, names and bodies come from outside: no line is longer, or moves the cursor.
    private const int MaxLine = 600;

    private static readonly string[] Doors = ["proxy.", "tls.", "control.", "port."];
    private static readonly string[] Families = ["message.", "call.", "webhook.", "handset."];

    private readonly Dictionary<long, JournalLine> _sent = [];
    private readonly Queue<long> _sentOrder = [];
    private (long Seq, int Code) _lastFailure;
    private JournalLine? _request;
    private JournalLine? _unbuilt;

    /// <summary>True while a request waits for what comes of it, or something not emulated for its alert.</summary>
    public bool IsHolding => _request is not null || _unbuilt is not null;

    /// <summary>Whether entries of a kind are told at all, so that the others need not be looked at.</summary>
    public static bool IsTold(string kind) =>
        kind == "request" || IsTrouble(kind) || BeginsWithOne(Families, kind);

    /// <summary>Whether an entry tells of something that went wrong; its data are not rendered for that.</summary>
    public static bool IsTrouble(Entry entry) => IsTrouble(entry.Kind) || entry.Data is { IsTrouble: true };

    private static bool IsTrouble(string kind) =>
        kind is "request.refused" or "alert" or "fault" or "not_emulated" or "warning" or "webhook.failed" or "message.failed"
            or "message.undelivered" or "call.failed" or "call.stand_in_played"
        || BeginsWithOne(Doors, kind);

    // Asked of every entry: nothing is made for it.
    private static bool BeginsWithOne(string[] beginnings, string kind)
    {
        foreach (var beginning in beginnings) if (kind.StartsWith(beginning, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>The lines one more entry gives, oldest first.</summary>
    public IEnumerable<ConsoleLine> Tell(JournalLine entry)
    {
        if (_unbuilt is { } unbuilt)
        {
            _unbuilt = null;
            if ((entry.Kind != "alert" || entry.Cause != unbuilt.Seq) && Words(unbuilt) is { } told) yield return told;
        }
        if (_request is { } asked)
        {
            if (entry.Cause == asked.Seq && entry.Kind == "request.refused")
            {
                _request = null;
                yield return Refused(entry);
                yield break;
            }
            if (entry.Cause == asked.Seq && !IsWarning(entry.Kind))
            {
                _request = null;
                yield return Requested(asked, entry);
                yield break;
            }
            if (entry.Cause != asked.Seq) foreach (var line in Flush()) yield return line;
        }
        if (entry.Kind == "request") _request = entry;
        else if (entry.Kind == "not_emulated") _unbuilt = entry;
        else if (Words(entry) is { } line) yield return line;
    }

    /// <summary>The lines of what waits: of a request nothing came, of what is not emulated no alert.</summary>
    public IEnumerable<ConsoleLine> Flush()
    {
        if (_unbuilt is { } unbuilt && Words(unbuilt) is { } told)
        {
            _unbuilt = null;
            yield return told;
        }
        if (_request is not { } asked) yield break;
        _request = null;
        yield return Requested(asked, null);
    }

    private static bool IsWarning(string kind) => kind is "warning" or "not_emulated";

    private ConsoleLine Requested(JournalLine asked, JournalLine? made)
    {
        var status = asked.Data.Text("operation") is { } operation ? statusOf(operation, asked.Subject) : null;
        var line = $"→ {asked.Data.Text("method")} {Wording.Resource(asked.Subject)}";
        if (status is { } number) line += string.Create(CultureInfo.InvariantCulture, $" {number}");
        if (made is not null)
        {
            if (made.Subject is [_, _, ..] && !asked.Subject.Contains(made.Subject, StringComparison.Ordinal)) line += $" {made.Subject}";
            line += $" {made.Data.Text("status") ?? Event(made.Kind)}{Parties(made)}";
        }
        return Line(ConsoleTone.Info, line, asked);
    }

    private static ConsoleLine Refused(JournalLine refused) => Line(
        refused.Data.Number("status") is 501 ? ConsoleTone.Warning : ConsoleTone.Error,
        $"→ {refused.Data.Text("method")} {Wording.Resource(refused.Subject)} {refused.Data.Text("status")}  {refused.Data.Text("code")}: "
            + $"{refused.Data.Text("message")}{(refused.Data.Text("cure") is { } cure ? $" ({cure})" : "")}",
        refused);

    private ConsoleLine? Words(JournalLine entry)
    {
        // Before its data are rendered: most are told by their outcome, if at all.
        if (entry.Kind == "webhook.sent") return Remember(entry);
        var data = entry.Data;
        switch (entry.Kind)
        {
            case "request.refused": return Refused(entry);
            case "webhook.answered" or "webhook.failed": return Answered(entry);
            case "alert":
                if (entry.Cause == _lastFailure.Seq && data.Number("code") == _lastFailure.Code) return null;
                return Line(
                    data.Text("level") == "error" ? ConsoleTone.Error : ConsoleTone.Warning,
                    $"! {data.Text("code")}: {data.Text("message")}{About(entry)}", entry);
            case "fault": return Line(ConsoleTone.Error, $"! a fault of the emulator: {entry.Subject}: {data.Text("message")}", entry);
            case "not_emulated":
                return Line(ConsoleTone.Warning, $"! not emulated: {data.Text("what") ?? entry.Subject}{About(entry)}", entry);
            case "handset.texted":
                return Line(
                    ConsoleTone.Info,
                    $"{entry.Subject} texts {data.Text("to")}: {Wording.Quote(data.Text("body") ?? data.Text("media_urls") ?? "")}", entry);
            case "handset.received":
                return Line(
                    ConsoleTone.Info,
                    $"{entry.Subject} receives {Wording.Quote(data.Text("body") ?? data.Text("media_urls") ?? "")} from "
                        + $"{data.Text("from")}",
                    entry);
            case "handset.dialled": return Line(ConsoleTone.Info, $"{entry.Subject} dials {data.Text("to")}", entry);
            case "handset.ringing": return Line(ConsoleTone.Info, $"{entry.Subject} rings: {data.Text("from")}", entry);
            case "handset.answered": return Line(ConsoleTone.Info, $"{entry.Subject} answers", entry);
            case "call.heard":
                return Line(
                    ConsoleTone.Info,
                    $"  {entry.Subject} {data.Text("who")} hears {Wording.Quote(data.Text("words") ?? data.Text("kind") ?? "")}", entry);
            case "call.said":
                return Line(
                    ConsoleTone.Info,
                    $"  {entry.Subject} {data.Text("who")} says {Wording.Quote(data.Text("words") ?? data.Text("kind") ?? "")}", entry);
            case "call.pressed":
                return Line(ConsoleTone.Info, $"  {entry.Subject} {data.Text("who")} presses {data.Text("digits")}", entry);
            case "call.gathered":
                return Line(
                    ConsoleTone.Info, $"  {entry.Subject} <Gather> got {Wording.Quote(data.Text("digits") ?? data.Text("speech") ?? "")}",
                    entry);
            case "call.bridged":
                return Line(ConsoleTone.Info, $"  {entry.Subject} <Dial> is joined with {data.Text("party")} ({data.Text("with")})", entry);
            case "call.parted": return Line(ConsoleTone.Info, $"  {entry.Subject} <Dial> is over ({data.Text("with")})", entry);
            case "call.stand_in_played":
                return Line(
                    ConsoleTone.Warning, $"! {entry.Subject} <Play> of {data.Text("file")} is a stand-in: {data.Text("why")}", entry);
        }
        if (IsWarning(entry.Kind)) return Warned(entry);
        if (entry.Kind == "port.misspoken") return Line(ConsoleTone.Warning, $"! {data.Text("reason")}", entry);
        if (entry.Kind is "proxy.refused" or "proxy.failed" || entry.Kind.StartsWith("tls.", StringComparison.Ordinal)
            || entry.Kind.StartsWith("control.", StringComparison.Ordinal))
        {
            return data.Text("reason") is { } reason ? Line(ConsoleTone.Warning, $"! {entry.Kind} {entry.Subject}: {reason}", entry) : null;
        }
        return Changed(entry);
    }

    private static ConsoleLine Warned(JournalLine entry)
    {
        var parameters = entry.Data.Text("parameters") is { } names ? $": {names}" : "";
        return Line(
            ConsoleTone.Warning, $"! {entry.Data.Text("warning") ?? entry.Data.Text("message") ?? entry.Kind}{parameters}{About(entry)}",
            entry);
    }

    /// <summary>A step in the life of a message or call; those on the way to an end are left to <c>--log all</c>.</summary>
    private static ConsoleLine? Changed(JournalLine entry)
    {
        var isMessage = entry.Kind.StartsWith("message.", StringComparison.Ordinal);
        if (!isMessage && !entry.Kind.StartsWith("call.", StringComparison.Ordinal)) return null;
        if (entry.Data.Text("status") is not { } status) return null;
        if (isMessage && status is "accepted" or "sending" or "sent" or "receiving") return null;
        var code = entry.Data.Number("error_code");
        var why = code == 0 ? "" : $"  {code.ToString(CultureInfo.InvariantCulture)}: {entry.Data.Text("error_message")}";
        var tone = status is "failed" or "undelivered" ? ConsoleTone.Error : ConsoleTone.Info;
        var length = status == "completed" && entry.Data.Text("duration") is { } seconds ? $" after {seconds} s" : "";
        return Line(tone, $"  {entry.Subject} {status}{length}{Parties(entry)}{why}", entry);
    }

    private ConsoleLine? Remember(JournalLine sent)
    {
        _sent[sent.Seq] = sent;
        _sentOrder.Enqueue(sent.Seq);
        if (_sentOrder.Count > MaxUnderway) _sent.Remove(_sentOrder.Dequeue());
        return null;
    }

    private ConsoleLine Answered(JournalLine answered)
    {
        var data = answered.Data;
        // What was sent tells its request; where it is not remembered, the outcome does.
        var isKnown = _sent.Remove(answered.Cause, out var remembered);
        var sent = isKnown ? remembered!.Data : data;
        var code = data.Number("error_code");
        var status = data.Number("status");
        var line = $"← {sent.Text("method")} {sent.Text("url")}".TrimEnd();
        line += status > 0 ? string.Create(CultureInfo.InvariantCulture, $" {status}") : " no answer";
        if (Wording.Took(data) is { } took) line += $" in {took}";
        if (sent.Text("purpose") is { } purpose) line += $" ({purpose})";
        if (code != 0)
        {
            _lastFailure = (answered.Seq, code);
            line += string.Create(CultureInfo.InvariantCulture, $"  {code}: {data.Text("error_message")}");
        }
        else if (status == 0 && data.Text("error_message") is { } why) line += $": {why}";
        var isBad = code != 0 || status is 0 or >= 400;
        if (isBad && data.Text("body") is { } body)
        {
            var said = PageWords.Of(body) ?? body;
            if (!line.Contains(Wording.Excerpt(said), StringComparison.Ordinal)) line += $": {Wording.Quote(said)}";
        }
        var told = Line(isBad ? ConsoleTone.Error : ConsoleTone.Info, line, answered);
        return isBad ? told with { See = UiLinks.OfWebhook(isKnown ? answered.Cause : answered.Seq) } : told;
    }

    private static string Parties(JournalLine entry) =>
        entry.Data.Text("from") is { } from && entry.Data.Text("to") is { } to ? $" {from} → {to}" : "";

    private static string About(JournalLine entry)
    {
        var url = entry.Data.Text("url") is { } named ? $" {named}" : "";
        return entry.Subject.Length == 0 || entry.Subject.StartsWith('/') ? url : $"{url} ({entry.Subject})";
    }

    private static string Event(string kind) => kind[(kind.LastIndexOf('.') + 1)..].Replace('_', ' ');

    private static ConsoleLine Line(ConsoleTone tone, string text, JournalLine entry) =>
        new(tone, Wording.OneLine(Wording.ShortSids(text), MaxLine), entry)
        {
            See = tone == ConsoleTone.Error ? UiLinks.PathOf(entry.Kind, entry.Subject, entry.Seq, entry.Cause) : null,
        };
}
