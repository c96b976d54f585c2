using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>How long nothing happens before a conversation becomes inactive, and before it is closed; null for never.</summary>
internal readonly record struct ConversationSpans(TimeSpan? Inactive, TimeSpan? Closed)
{
    public bool AreNone => Inactive is null && Closed is null;
}

/// <summary>Moves conversations by their timers.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/conversations/states-timers. One timer of the clock is wound, for what is due first; whoever
/// asks at that very instant finds it done. That timers begin anew is seen when they are looked at; nothing is queued for it.
/// <code>
/// state    | nothing for Inactive | nothing for Closed | message or participant | update
/// active   | inactive             | closed             | timers begin anew      | as told
/// inactive | -                    | closed             | active                 | as told
/// closed   | -                    | -                  | refused, 50377         | refused, 50377
/// </code>
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "The timer is the clock's, and ends with its world.")]
internal sealed class ConversationTimers(ConversationBook book)
{
    private const string Prefix = "conversation_timers/";

    // Nobody waits longer; an instant beyond the calendar cannot be shown (inferred).
    private static readonly TimeSpan Most = TimeSpan.FromDays(36_500);

    // twilio.com/docs/conversations/api/conversation-resource.
    private static readonly TimeSpan LeastInactive = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LeastClosed = TimeSpan.FromMinutes(10);

    private readonly Dictionary<ConversationKey, ConversationSpans> _spans = [];
    private readonly PriorityQueue<ConversationKey, DateTimeOffset> _due = new();

    // Which place in that queue counts; one that was put off leaves an earlier one behind.
    private readonly Dictionary<ConversationKey, DateTimeOffset> _next = [];
    private ITimer? _timer;
    private DateTimeOffset? _wound;

    /// <summary>Told of each change of state: from, to, why, and the seq of the entry it follows from.</summary>
    public event Action<ConversationKey, string, string, string, long>? Moved;

    /// <summary>Reads the timers of a form; what it does not name is as before.</summary>
    /// <returns>The spans, or what is wrong: error dictionary 50375, 50376 where
    /// they are too short, 50379, 50380 where they are no durations.</returns>
    public static (ConversationSpans Spans, TwilioError? Fault) Read(FormValues form, ConversationSpans before)
    {
        var inactive = Read("Timers.Inactive", form["Timers.Inactive"], before.Inactive, LeastInactive, (50375, 50379), out var fault);
        if (fault is not null) return (before, fault);
        var closed = Read("Timers.Closed", form["Timers.Closed"], before.Closed, LeastClosed, (50376, 50380), out fault);
        return (new ConversationSpans(inactive, closed), fault);
    }

    /// <summary>The spans a conversation has when it is made without any: the service's, else the account's.</summary>
    public ConversationSpans DefaultsOf(ConversationKey key)
    {
        var (service, account) = (book.Configuration(key.Account, key.Service), book.Configuration(key.Account));
        return new ConversationSpans(
            Span(service?["default_inactive_timer"]) ?? Span(account?["default_inactive_timer"]),
            Span(service?["default_closed_timer"]) ?? Span(account?["default_closed_timer"]));
    }

    public ConversationSpans Of(ConversationKey key) => _spans.GetValueOrDefault(key);

    /// <summary>The instants as a conversation shows them when its timers begin now.</summary>
    public string Show(ConversationSpans spans)
    {
        var timers = new JsonObject();
        if (spans.Inactive is { } inactive) timers["date_inactive"] = TwilioDates.ToIso8601(book.Now + inactive);
        if (spans.Closed is { } closed) timers["date_closed"] = TwilioDates.ToIso8601(book.Now + closed);
        return timers.ToJsonString();
    }

    /// <summary>Remembers a conversation's spans, which begin now; its document shows them already.</summary>
    public void Begin(ConversationKey key, ConversationSpans spans)
    {
        if (spans.AreNone)
        {
            Forget(key);
            _next.Remove(key);
            return;
        }
        Remember(key, spans);
        LookAt(key, book.Now + First(spans));
    }

    /// <summary>Timers of an earlier process run on: what was due meanwhile happens at once.</summary>
    public void Resume()
    {
        foreach (var (name, part) in book.World.Parts.TakeAll(Prefix))
        {
            var key = ConversationKey.Walk(null, part);
            var spans = new ConversationSpans(part.SpanOrNull("inactive", null), part.SpanOrNull("closed", null));
            if (book.Find(key) is not { } conversation || conversation["state"] == "closed")
            {
                book.World.Parts.Drop(name);
                continue;
            }
            Remember(key, spans);
            if (Earlier(DateIn(conversation, "date_inactive"), DateIn(conversation, "date_closed")) is { } due) LookAt(key, due);
        }
    }

    private void Remember(ConversationKey key, ConversationSpans spans)
    {
        _spans[key] = spans;
        book.World.Parts.Put(Prefix + key.Sid, part =>
        {
            ConversationKey.Walk(key, part);
            part.SpanOrNull("inactive", spans.Inactive);
            part.SpanOrNull("closed", spans.Closed);
        });
    }

    private void Forget(ConversationKey key)
    {
        if (_spans.Remove(key)) book.World.Parts.Drop(Prefix + key.Sid);
    }

    /// <summary>Something happened: the timers begin anew, and an inactive conversation is active.</summary>
    /// <param name="key">Where.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    /// <param name="reason"><c>API</c>, or <c>EVENT</c> for what phones do.</param>
    public void Touch(ConversationKey key, long cause, string reason = "API")
    {
        if (book.Find(key) is not { } conversation) return;
        var spans = Of(key);
        var isAsleep = conversation["state"] == "inactive";
        if (!isAsleep && spans.AreNone) return;
        book.Conversations(key.Account, key.Service).Change(
            conversation, cause, ("state", isAsleep ? "active" : conversation["state"]),
            ("timers", spans.AreNone ? conversation["timers"] : Show(spans)));
        if (!isAsleep) return;
        if (!spans.AreNone) LookAt(key, book.Now + First(spans));
        Moved?.Invoke(key, "inactive", "active", reason, cause);
    }

    /// <summary>Lets happen what is due by now.</summary>
    public void Ripen()
    {
        while (_due.TryPeek(out var key, out var at) && at <= book.Now)
        {
            _due.Dequeue();
            if (_next.GetValueOrDefault(key) != at) continue;
            _next.Remove(key);
            if (book.Find(key) is { } conversation && Move(key, conversation) is { } next) LookAt(key, next);
            else if ((book.Find(key)?["state"] ?? "closed") == "closed") Forget(key);
        }
        Wind();
    }

    private void LookAt(ConversationKey key, DateTimeOffset at)
    {
        _next[key] = at;
        _due.Enqueue(key, at);
        Wind();
    }

    private void Wind()
    {
        DateTimeOffset? due = _due.TryPeek(out _, out var first) ? first : null;
        if (due == _wound) return;
        _wound = due;
        _timer ??= book.World.Clock.CreateTimer(
            static timers => ((ConversationTimers)timers!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // Timers count whole milliseconds.
        var wait = due is { } at
            ? TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (at - book.Now).TotalMilliseconds)))
            : Timeout.InfiniteTimeSpan;
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void Ring()
    {
        _wound = null;
        Ripen();
    }

    /// <summary>The next instant to look, or null when nothing more will happen by itself.</summary>
    private DateTimeOffset? Move(ConversationKey key, Document conversation)
    {
        if (conversation["state"] == "closed") return null;
        var (inactive, closed) = (DateIn(conversation, "date_inactive"), DateIn(conversation, "date_closed"));
        if (closed <= book.Now)
        {
            book.Conversations(key.Account, key.Service).Change(conversation, 0, ("state", "closed"), ("timers", "{}"));
            Moved?.Invoke(key, conversation["state"] ?? "active", "closed", "TIMER", 0);
            return null;
        }
        if (inactive <= book.Now)
        {
            var left = new JsonObject();
            if (closed is { } later) left["date_closed"] = TwilioDates.ToIso8601(later);
            book.Conversations(key.Account, key.Service).Change(conversation, 0, ("state", "inactive"), ("timers", left.ToJsonString()));
            Moved?.Invoke(key, "active", "inactive", "TIMER", 0);
            // With nothing more to come by itself it sleeps, until a message begins the timers anew.
            return closed;
        }
        // Begun anew since.
        return Earlier(inactive, closed);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private static TimeSpan First(ConversationSpans spans) => (spans.Inactive, spans.Closed) switch
    {
        ({ } inactive, { } closed) => inactive < closed ? inactive : closed,
        ({ } inactive, null) => inactive,
        (null, { } closed) => closed,
        _ => TimeSpan.MaxValue,
    };

    private static DateTimeOffset? DateIn(Document conversation, string name)
    {
        if (conversation["timers"] is not { Length: > 0 } text) return null;
        using var json = JsonDocument.Parse(text);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var date)
            && date.ValueKind == JsonValueKind.String
            && TwilioDates.TryParse(date.GetString()!, out var at, out _) ? at : null;
    }

    private static TimeSpan? Read(
        string name, string? text, TimeSpan? before, TimeSpan least, (int Short, int Wrong) codes, out TwilioError? fault)
    {
        fault = null;
        if (text is null) return before;
        if (text.Length == 0) return null;
        var span = Span(text);
        if (span >= least && span <= Most) return span;
        var code = span is null || span > Most ? codes.Wrong : codes.Short;
        fault = ErrorCodes.Error(code, $"{ErrorCodes.Error(code).Message}: {name} is '{text}'");
        return before;
    }

    private static TimeSpan? Span(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception bad) when (bad is FormatException or OverflowException)
        {
            return null;
        }
    }
}
